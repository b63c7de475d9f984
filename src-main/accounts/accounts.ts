import { z } from 'zod';
import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { CredentialStoreKind, Keeping } from '../../src-preload/contract/states.ts';
import { CratefulError, hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { AccountRow } from '../library/accounts.ts';
import type { Library } from '../library/library.ts';
import type { TokenSource } from '../qobuz/api.ts';
import type { AppCredentialsCache } from '../qobuz/app-credentials.ts';
import type { AccountProfile } from '../qobuz/session.ts';
import type { CredentialStore, SessionOnly } from './credential-store.ts';

/** An app id and secret the user entered; they belong together. */
export interface AppCredentialPair {
  readonly appId: string;
  readonly appSecret: string;
}

/** What the environment says; it wins over everything stored. */
export interface AccountEnvironment {
  readonly token: string | null;
  readonly appId: string | null;
  readonly appSecret: string | null;
}

/** Who is signed in, and the secrets that belong to it. */
export interface Accounts {
  /** The token in use, also of a session that is over: only signing in or out changes it. */
  readonly tokens: TokenSource;
  readonly appCredentials: AppCredentialsCache;
  /** Where an account's token is kept, as the user is told. */
  credentialStore(id: AccountId): CredentialStoreKind;
  /** What would become of a sign-in made now. */
  keeping(): Keeping;
  /** The person's word that a sign-in may end with the app, where nothing keeps it. */
  keepForSession(): void;
  current(): Promise<AccountRow | null>;
  /** Every account that is known; `signedIn` only where its token is there as well. */
  list(): Promise<AccountRow[]>;
  /** Stores the token and makes this the account in use. Throws `CREDENTIAL_STORE_FAILED` and `NO_KEYCHAIN`. */
  signedIn(token: string, profile: AccountProfile): Promise<AccountId>;
  /**
   * Makes another account the one in use. Throws `SIGN_IN_REQUIRED` for one whose session is over or whose token is
   * not here, `INVALID_REQUEST` for one nobody knows.
   */
  use(id: AccountId): Promise<void>;
  /** Deletes the token; what was bought and fetched stays known. */
  signOut(): Promise<void>;
  /** Tokens that are kept although no account is known, as after the record of the library was lost. */
  strayTokens(): Promise<readonly string[]>;
  /** Notes that the service confirmed the session's end. The token stays (qobuz-api §2.5). */
  markSessionEnded(): Promise<void>;
  /**
   * The pair the user gave, from the environment or the settings; null for automatic discovery. With a pair
   * only token sign-in works. Throws `APP_CREDENTIALS_INCOMPLETE` when the environment holds half of one.
   */
  userAppCredentials(): Promise<AppCredentialPair | null>;
  /** Null, or both fields empty, returns to discovery. Throws `APP_CREDENTIALS_INCOMPLETE`. */
  setUserAppCredentials(pair: AppCredentialPair | null): Promise<void>;
}

const APP_CREDENTIALS = 'app-credentials';
const USER_APP_CREDENTIALS = 'user-app-credentials';
const TOKEN = 'token-';
const tokenName = (id: AccountId): string => `${TOKEN}${id}`;

const appCredentialsSchema = z.object({
  appId: z.string().min(1),
  secrets: z.array(z.string().min(1)),
  validated: z.boolean(),
  signInKey: z.string().nullable(),
  bundleVersion: z.string().nullable(),
  discoveredAtMs: z.number(),
  userGiven: z.boolean(),
});
const pairSchema = z.object({ appId: z.string().min(1), appSecret: z.string().min(1) });

/** Ties library, credential store and environment together. */
export function createAccounts(options: {
  library: Pick<Library, 'accounts'>;
  store: CredentialStore;
  environment: AccountEnvironment;
  sessionOnly: Pick<SessionOnly, 'chosen'>;
  events: Pick<EventStream, 'emit'>;
}): Accounts {
  const { store, environment, events, sessionOnly } = options;
  const { accounts } = options.library;
  /** Until signing out: then the environment's token counts no more in this process. */
  let environmentToken = environment.token;
  /** Whose it is, once the service has said so: it is no other account's. */
  let environmentAccount: AccountId | null = null;
  /** Spares the keychain a question at every call to the service. */
  let known: { readonly id: AccountId; readonly token: string } | null = null;
  let unsavedAppCredentials: string | null = null;

  const tokenOf = async (id: AccountId): Promise<string | null> => {
    if (environmentToken !== null && environmentAccount === id) return environmentToken;
    if (known?.id === id) return known.token;
    return store.get(tokenName(id));
  };

  const currentToken = async (): Promise<string | null> => {
    if (environmentToken !== null && environmentAccount === null) return environmentToken;
    const account = await accounts.current();
    if (!account) return null;
    const token = await tokenOf(account.id);
    if (token !== environmentToken) known = token === null ? null : { id: account.id, token };
    return token;
  };

  /** A keychain that cannot be read now is as good as none for telling who can be switched to. */
  const isSignedIn = async (row: AccountRow): Promise<boolean> =>
    row.signedIn && (await tokenOf(row.id).catch(() => null)) !== null;

  const keeping = (): Keeping =>
    store.kind !== 'session' ? 'stored' : sessionOnly.chosen ? 'session' : 'undecided';

  const readJson = async <Value>(name: string, schema: z.ZodType<Value>): Promise<Value | null> => {
    const text = await store.get(name);
    return text === null ? null : parseJson(text, schema);
  };

  return {
    tokens: { current: currentToken },

    appCredentials: {
      async load() {
        if (unsavedAppCredentials) return parseJson(unsavedAppCredentials, appCredentialsSchema);
        try {
          return await readJson(APP_CREDENTIALS, appCredentialsSchema);
        } catch (error) {
          // A cache that cannot be read is an empty one: the credentials are looked up again.
          if (hasCode(error, 'CREDENTIAL_STORE_FAILED')) return null;
          throw error;
        }
      },
      async save(credentials) {
        const text = JSON.stringify(credentials);
        // Whoever brings a token in the environment gets nothing written to a keychain.
        if (environmentToken === null) await store.set(APP_CREDENTIALS, text);
        else unsavedAppCredentials = text;
      },
    },

    credentialStore: (id) => {
      const given = environmentAccount === null || environmentAccount === id;
      return environmentToken !== null && given ? 'environment' : store.kind;
    },

    keeping,
    keepForSession() {
      sessionOnly.chosen = true;
    },

    current: () => accounts.current(),

    async list() {
      const rows = await accounts.list();
      return Promise.all(rows.map(async (row) => ({ ...row, signedIn: await isSignedIn(row) })));
    },

    async use(id) {
      const row = (await accounts.list()).find((each) => each.id === id);
      if (!row) throw new CratefulError('INVALID_REQUEST', { reason: 'account' });
      if (!row.signedIn || (await tokenOf(id)) === null) {
        throw new CratefulError('SIGN_IN_REQUIRED');
      }
      await accounts.setCurrent(id);
    },

    async signedIn(token, { id, name, country, plan }) {
      if (token !== environmentToken) {
        if (keeping() === 'undecided') throw new CratefulError('NO_KEYCHAIN');
        await store.set(tokenName(id), token);
        if (environmentAccount === null || environmentAccount === id) environmentToken = null;
        known = { id, token };
      } else environmentAccount = id;
      await accounts.upsert({ id, name, country, plan });
      await accounts.setSignedIn(id, true);
      await accounts.setCurrent(id);
      events.emit({ code: 'SIGNED_IN', accountId: id });
      return id;
    },

    async signOut() {
      const account = await accounts.current();
      // First of all, so that a keychain that refuses leaves the account signed in, and the next try finds it.
      if (account) await store.delete(tokenName(account.id));
      if (environmentAccount === null || environmentAccount === account?.id) {
        environmentToken = null;
      }
      known = null;
      if (!account) return;
      await accounts.setSignedIn(account.id, false);
      await accounts.setCurrent(null);
      events.emit({ code: 'SIGNED_OUT', accountId: account.id });
    },

    async strayTokens() {
      if ((await accounts.list()).length > 0) return [];
      const names = (await store.names()).filter((name) => name.startsWith(TOKEN));
      const tokens = await Promise.all(names.map((name) => store.get(name)));
      return tokens.filter((token) => token !== null);
    },

    async markSessionEnded() {
      const account = await accounts.current();
      if (!account?.signedIn) return;
      await accounts.setSignedIn(account.id, false);
      events.emit({ code: 'SESSION_ENDED', severity: 'warning', accountId: account.id });
    },

    async userAppCredentials() {
      const { appId, appSecret } = environment;
      return completePair(appId, appSecret) ?? readJson(USER_APP_CREDENTIALS, pairSchema);
    },

    async setUserAppCredentials(given) {
      const pair = completePair(given?.appId, given?.appSecret);
      if (pair) await store.set(USER_APP_CREDENTIALS, JSON.stringify(pair));
      else await store.delete(USER_APP_CREDENTIALS);
    },
  };
}

/** Both fields, or null when both are empty; `APP_CREDENTIALS_INCOMPLETE` in between (qobuz-api §1.5). */
function completePair(
  appId: string | null | undefined,
  appSecret: string | null | undefined,
): AppCredentialPair | null {
  const pair = { appId: appId?.trim() ?? '', appSecret: appSecret?.trim() ?? '' };
  if (pair.appId === '' && pair.appSecret === '') return null;
  if (pair.appId === '' || pair.appSecret === '') {
    throw new CratefulError('APP_CREDENTIALS_INCOMPLETE');
  }
  return pair;
}

/** A stored value of this version, else null: another version's is as good as none. */
function parseJson<Value>(text: string, schema: z.ZodType<Value>): Value | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
