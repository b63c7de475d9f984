import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { Language } from '../../src-preload/contract/language.ts';
import type { AccountView, SignInView } from '../../src-preload/contract/views.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type BrowserSignIn, signInWithBrowser } from '../accounts/browser-sign-in.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import type { AccountRow } from '../library/accounts.ts';
import type { Clock } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';

/** How long a person may take in the browser: captcha, second factor, a forgotten password. */
const BROWSER_TIMEOUT_MS = 10 * 60 * 1000;

/** What sign-in and session work with. */
export interface SessionParts {
  readonly accounts: Accounts;
  readonly qobuz: Qobuz;
  readonly clock: Clock;
  readonly openUrl: (url: string) => Promise<void>;
  /** What the page a sign-in returns to speaks. */
  readonly language: () => Language;
  /** Called before another account takes the place of the one in use, so that nothing of the two mixes. */
  readonly beforeSwitch: () => Promise<void>;
  /** The account, its session or the sign-in changed; called after the new state can be read. */
  readonly onChange: (what: 'account' | 'accounts' | 'signIn') => void | Promise<void>;
}

/** Who is signed in, and how one signs in and out. */
export interface Session {
  account(): AccountView | null;
  /** Every account that is known, the one in use included. */
  accounts(): readonly AccountView[];
  signIn(): SignInView;
  /** Reads the account that was in use. */
  load(): Promise<void>;
  /**
   * Asks the service whose session this is, with an unsigned call.
   *
   * Throws `SIGN_IN_REQUIRED` when there is none or it is over (the token stays), and what calls throw.
   */
  confirm(signal?: AbortSignal): Promise<AccountId>;
  /** Notes a session the service has confirmed to be over. */
  ended(): Promise<void>;
  /**
   * Opens the sign-in page in the system's browser, or as told. Throws `NO_KEYCHAIN` before anything else where nothing
   * keeps a sign-in and nobody chose to do without, as the other ways do; `SIGN_IN_TIMED_OUT`, `SIGN_IN_CANCELLED` and
   * what calls throw.
   */
  withBrowser(openPage?: (page: string) => Promise<void>): Promise<void>;
  /** Throws `SIGN_IN_ADDRESS_INVALID`. */
  submitAddress(address: string): void;
  cancel(): void;
  /** The person's word that a sign-in may end with the app. */
  keepForSession(): void;
  /** Throws `SIGN_IN_REFUSED` for a token the service does not know. */
  withToken(token: string): Promise<void>;
  /** Throws `SIGN_IN_REFUSED` with the service's own words. */
  withPassword(username: string, password: string): Promise<void>;
  /** Signs in again with what is kept of accounts nobody knows any more; what the service refuses is left alone. */
  recover(): Promise<void>;
  /** Throws `SIGN_IN_REQUIRED` for an account without a session; the one in use then stays. */
  switchTo(id: AccountId): Promise<void>;
  /** Deletes the token. No account is in use then: others wait to be chosen. */
  signOut(): Promise<void>;
}

type Progress = Pick<SignInView, 'state' | 'error'>;

const IDLE: Progress = { state: 'idle', error: null };

/** Makes the session of one engine. */
export function createSession(parts: SessionParts): Session {
  const { accounts, qobuz } = parts;
  let account: AccountView | null = null;
  let all: readonly AccountView[] = [];
  let signIn: Progress = IDLE;
  let browser: { readonly flow: BrowserSignIn; readonly abort: AbortController } | null = null;

  const viewOf = (row: AccountRow): AccountView => ({
    ...row,
    credentialStore: accounts.credentialStore(row.id),
  });

  const load = async () => {
    const row = await accounts.current();
    // A token kept for one session only, or given in the environment, is gone with its process.
    const token = row?.signedIn ? await accounts.tokens.current().catch(() => null) : null;
    account = row ? viewOf({ ...row, signedIn: token !== null }) : null;
    all = (await accounts.list()).map(viewOf);
    await parts.onChange('account');
    await parts.onChange('accounts');
  };

  const ended = async () => {
    await accounts.markSessionEnded();
    await load();
  };

  const show = (state: SignInView['state'], error: SignInView['error'] = null) => {
    signIn = { state, error };
    void parts.onChange('signIn');
  };

  /** Before a browser opens or a token goes anywhere: what comes of it would have nowhere to go. */
  const requirePlace = () => {
    if (accounts.keeping() === 'undecided') throw new CratefulError('NO_KEYCHAIN');
  };

  /** Runs one way of signing in; what it throws is shown as well. */
  const attempt = async (way: () => Promise<string>) => {
    try {
      const token = await way();
      show('checking');
      const profile = await qobuz.checkToken(token);
      if (account && account.id !== profile.id) await parts.beforeSwitch();
      await accounts.signedIn(token, profile);
      await load();
      show('idle');
    } catch (error) {
      const fault = asCratefulError(error);
      const refused = hasCode(fault, 'SIGN_IN_REQUIRED')
        ? new CratefulError('SIGN_IN_REFUSED', { message: '' }, fault)
        : fault;
      if (hasCode(refused, 'SIGN_IN_CANCELLED')) show('idle');
      else show('failed', refused.toView());
      throw refused;
    }
  };

  return {
    account: () => account,
    accounts: () => all,
    signIn: () => ({ ...signIn, keeping: accounts.keeping() }),
    load,

    async confirm(signal) {
      if ((await accounts.tokens.current()) === null) throw new CratefulError('SIGN_IN_REQUIRED');
      try {
        const profile = await qobuz.profile(signal);
        const token = await accounts.tokens.current();
        // A token from the environment brings an account the library may not know yet.
        if (token !== null && (account?.id !== profile.id || !account.signedIn)) {
          await accounts.signedIn(token, profile);
          await load();
        }
        return profile.id;
      } catch (error) {
        if (hasCode(error, 'SIGN_IN_REQUIRED')) await ended();
        throw error;
      }
    },

    ended,

    async withBrowser(openPage = parts.openUrl) {
      requirePlace();
      browser?.abort.abort();
      const abort = new AbortController();
      const flow = signInWithBrowser({
        qobuz,
        openUrl: openPage,
        language: parts.language(),
        clock: parts.clock,
        timeoutMs: BROWSER_TIMEOUT_MS,
        signal: abort.signal,
        onListening: () => show('waiting-for-browser'),
      });
      const mine = { flow, abort };
      browser = mine;
      show('preparing');
      await attempt(() => flow.done).finally(() => {
        if (browser === mine) browser = null;
      });
    },

    submitAddress(address) {
      if (!browser) throw new CratefulError('SIGN_IN_CANCELLED');
      browser.flow.submitAddress(address);
    },

    cancel() {
      browser?.abort.abort();
      browser = null;
      show('idle');
    },

    keepForSession() {
      accounts.keepForSession();
      void parts.onChange('signIn');
    },

    async withToken(token) {
      requirePlace();
      show('checking');
      await attempt(async () => token);
    },

    async withPassword(username, password) {
      requirePlace();
      show('checking');
      await attempt(() => qobuz.passwordSignIn(username, password));
    },

    async recover() {
      for (const token of await accounts.strayTokens().catch(() => [])) {
        // Offline, or over: the person signs in as ever.
        await attempt(async () => token).catch(() => show('idle'));
      }
    },

    async switchTo(id) {
      if (account?.id === id && account.signedIn) return;
      // Before anything stops: an account that cannot be used must not end the run of the one that is.
      const wanted = all.find((each) => each.id === id);
      if (!wanted) throw new CratefulError('INVALID_REQUEST', { reason: 'account' });
      if (!wanted.signedIn) throw new CratefulError('SIGN_IN_REQUIRED');
      await parts.beforeSwitch();
      await accounts.use(id);
      await load();
    },

    async signOut() {
      await accounts.signOut();
      await load();
    },
  };
}
