import { randomBytes } from 'node:crypto';
import type { Language } from '../../src-preload/contract/language.ts';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';
import { parseRedirect, type SignInAnswer } from './redirect.ts';
import { listenForRedirect } from './redirect-listener.ts';

/** A sign-in under way in the system's browser. */
export interface BrowserSignIn {
  /**
   * The token. Rejects with `SIGN_IN_TIMED_OUT`, `SIGN_IN_CANCELLED`, or what the service or the opening of
   * the browser threw.
   */
  readonly done: Promise<string>;
  /**
   * For a browser that could not come back by itself: the address it ended at. Throws
   * `SIGN_IN_ADDRESS_INVALID`; the sign-in then goes on waiting.
   */
  submitAddress(address: string): void;
}

/** What a browser sign-in needs. */
export interface BrowserSignInOptions {
  readonly qobuz: Pick<Qobuz, 'signInPage' | 'exchangeCode'>;
  readonly openUrl: (url: string) => Promise<void>;
  /** What the page it returns to speaks. */
  readonly language: Language;
  readonly clock: Pick<Clock, 'sleep'>;
  /** How long to wait for the browser's return. */
  readonly timeoutMs: number;
  /** Cancels. */
  readonly signal: AbortSignal;
  /** Unguessable and good in a path; 192 random bits unless given. */
  readonly nonce?: string;
  /** Told the sign-in page's address before the browser is asked to open it. */
  readonly onListening?: (page: string) => void;
}

/**
 * Signs in with the system's browser (qobuz-api §2.2): the page returns to a listener on this machine, at a
 * path nobody else can guess and which works once.
 */
export function signInWithBrowser(options: BrowserSignInOptions): BrowserSignIn {
  const answered = Promise.withResolvers<SignInAnswer>();
  /** Empty until there is a listener: nobody has been sent anywhere yet. */
  let returnsTo = '';
  return {
    done: flow(
      {
        ...options,
        nonce: options.nonce ?? randomBytes(24).toString('base64url'),
        onListening(page, redirectUrl) {
          returnsTo = redirectUrl;
          options.onListening?.(page);
        },
      },
      answered,
    ),
    submitAddress(address) {
      if (returnsTo === '') throw new CratefulError('SIGN_IN_ADDRESS_INVALID');
      answered.resolve(parseRedirect(address, returnsTo));
    },
  };
}

async function flow(
  options: Omit<BrowserSignInOptions, 'onListening'> & {
    nonce: string;
    onListening(page: string, redirectUrl: string): void;
  },
  answered: PromiseWithResolvers<SignInAnswer>,
): Promise<string> {
  const { qobuz, clock, nonce, timeoutMs, signal } = options;
  const ended = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    const cancel = () => reject(new CratefulError('SIGN_IN_CANCELLED'));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true, signal: ended.signal });
  });
  // Looked at only while something is waited for; in between it must not count as unhandled.
  cancelled.catch(() => undefined);
  const orCancelled = <Result>(work: Promise<Result>) => Promise.race([cancelled, work]);
  const timeLimit = async (): Promise<never> => {
    await clock.sleep(timeoutMs, ended.signal);
    throw new CratefulError('SIGN_IN_TIMED_OUT');
  };
  const listener = await listenForRedirect(nonce, options.language, answered.resolve);
  try {
    const page = await orCancelled(qobuz.signInPage(listener.redirectUrl));
    options.onListening(page, listener.redirectUrl);
    await orCancelled(options.openUrl(page));
    const answer = await orCancelled(Promise.race([answered.promise, timeLimit()]));
    return 'token' in answer ? answer.token : await orCancelled(qobuz.exchangeCode(answer.code));
  } finally {
    ended.abort();
    await listener.close();
  }
}
