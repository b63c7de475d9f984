import { createInterface } from 'node:readline';
import type { Engine } from '../engine.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/**
 * Makes sure there is a session before anything else: from `QOBUZ_USERNAME` and `QOBUZ_PASSWORD` when given,
 * else the token of the environment or the keychain.
 *
 * Throws `SIGN_IN_REQUIRED`, `SIGN_IN_REFUSED` and what calls throw.
 */
export async function signInFromEnvironment(engine: Engine, signal: AbortSignal): Promise<void> {
  const { QOBUZ_USERNAME: username, QOBUZ_PASSWORD: password } = process.env;
  if (username && password) {
    // Whoever gives the password with each command does not need the sign-in to outlast it.
    await engine.keepForSession();
    await engine.signInWithPassword(username, password);
  } else await engine.confirmSession(signal);
}

type Say = (text: string) => void;

const sayOnStandardError: Say = (text) => void process.stderr.write(`${text}\n`);

/** What `crateful login` may be told. */
export interface LoginOptions {
  /** The person's word that a sign-in may end with the command, where nothing keeps it. */
  readonly sessionOnly?: boolean;
}

/**
 * `crateful login`: the system's browser, with the address pasted as the way back from a machine without one.
 * A token in `QOBUZ_USER_AUTH_TOKEN` is checked and kept instead. Where nothing keeps a sign-in, the person is asked
 * first whether it may end with the command. Gives the exit code; throws `NO_KEYCHAIN` and what signing in throws.
 */
export async function login(
  options: LoginOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const { t } = sentences;
  const say = sayOnStandardError;
  const token = process.env.QOBUZ_USER_AUTH_TOKEN;
  const openUrl = async (url: string) => say(t('cli.openThis', { url }));
  const interruption = listenForInterruption(() => undefined);
  const engine = await openEngine({ openUrl, keepToken: true }, version);
  try {
    interruption.signal.addEventListener('abort', () => void engine.cancelSignIn());
    await settleKeeping(engine, options, sentences);
    if (token) await engine.signInWithToken(token);
    else await signInByBrowser(engine, sentences, say);
    const { account } = await engine.snapshot();
    if (account) {
      const { credentialStore, name } = account;
      say(t('cli.signedInAs', { name }));
      say(
        credentialStore === 'session' ? t('cli.keptSession') : t(`account.kept.${credentialStore}`),
      );
    }
    return 0;
  } catch (error) {
    if (interruption.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    interruption.dispose();
    await engine.dispose();
  }
}

/** Has it settled what becomes of the sign-in. Throws `NO_KEYCHAIN` when nobody says that it may end at once. */
async function settleKeeping(
  engine: Engine,
  options: LoginOptions,
  { t }: Sentences,
): Promise<void> {
  const { signIn } = await engine.snapshot();
  if (signIn.keeping !== 'undecided') return;
  const canAsk = process.stdin.isTTY && process.stderr.isTTY;
  const agreed =
    options.sessionOnly || (canAsk && (await isAgreed(t('cli.askSessionOnly'), t('cli.yes'))));
  if (!agreed) throw new CratefulError('NO_KEYCHAIN');
  await engine.keepForSession();
}

async function isAgreed(question: string, yes: string): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<string>((resolve) => {
      // Ctrl-D is a no.
      asked.once('close', () => resolve(''));
      asked.question(`${question} `, resolve);
    });
    return answer.trim().toLowerCase().startsWith(yes);
  } finally {
    asked.close();
  }
}

async function signInByBrowser(engine: Engine, sentences: Sentences, say: Say): Promise<void> {
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    if (line.trim() === '') return;
    engine.submitSignInAddress(line.trim()).catch((error: unknown) => {
      const { code, params } = asCratefulError(error).toView();
      const message = `${sentences.sentence({ code, params })} ${sentences.remedy(code)}`;
      say(t('cli.notTheAddress', { message }));
    });
  });
  const { t } = sentences;
  try {
    await engine.signInWithBrowser();
  } finally {
    input.close();
    process.stdin.unref?.();
  }
}

/** `crateful logout`: forgets the token; what was bought and fetched stays known. */
export async function logout({ t }: Sentences, version: string): Promise<number> {
  const engine = await openEngine({}, version);
  try {
    await engine.accounts.signOut({ queue: 'keep' });
    sayOnStandardError(t('cli.signedOut'));
    return 0;
  } finally {
    await engine.dispose();
  }
}
