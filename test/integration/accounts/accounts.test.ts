import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../src-main/accounts/accounts.ts';
import {
  type CredentialStore,
  openCredentialStore,
  sessionOnly,
} from '../../../src-main/accounts/credential-store.ts';
import { createProxyPassword } from '../../../src-main/accounts/proxy-password.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import type { EventInput } from '../../../src-main/events.ts';
import { type Library, openLibrary } from '../../../src-main/library/library.ts';
import { accountId } from '../../../src-preload/contract/ids.ts';
import { fakeClock } from '../../support/fake-clock.ts';

let folder: string;
let library: Library;
let store: CredentialStore;
let emitted: EventInput[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-accounts-'));
  library = openLibrary(join(folder, 'library.sqlite'));
  store = await openCredentialStore({
    service: 'Crateful Test',
    encryption: null,
    folder,
    clock: fakeClock(),
    loadKeytar: async () => null,
  });
  emitted = [];
});
afterEach(async () => {
  library.close();
  await rm(folder, { recursive: true, force: true });
});

const NOTHING = { token: null, appId: null, appSecret: null };
/** What a start of the app gets: the same library and store, nothing in memory. */
const start = (
  environment: Partial<typeof NOTHING> | Record<string, string> = {},
  session = sessionOnly(true),
) =>
  createAccounts({
    sessionOnly: session,
    library,
    store,
    environment: { ...NOTHING, ...environment },
    events: { emit: (event) => emitted.push(event) },
  });

const ADA = { id: accountId('1001'), name: 'Ada', country: 'FR', plan: null };
const BO = {
  id: accountId('1002'),
  name: 'Bo',
  country: null,
  plan: 'Studio',
};

const CREDENTIALS = {
  appId: '123456789',
  secrets: ['a'.repeat(32)],
  validated: true,
  signInKey: 'key',
  bundleVersion: '8.2.0-b034',
  discoveredAtMs: 1,
  userGiven: false,
};

describe('signing in', () => {
  it('where nothing keeps the token waits for the person’s word, which holds until the end', async () => {
    const session = sessionOnly(false);
    const accounts = start({}, session);
    expect(accounts.keeping()).toBe('undecided');
    await expect(accounts.signedIn('secret-token-of-ada', ADA)).rejects.toMatchObject({
      code: 'NO_KEYCHAIN',
    });
    expect(await accounts.tokens.current()).toBeNull();
    expect(await accounts.list()).toEqual([]);
    accounts.keepForSession();
    await accounts.signedIn('secret-token-of-ada', ADA);
    expect(start({}, session).keeping()).toBe('session');
    expect(start({}, sessionOnly(false)).keeping()).toBe('undecided');
    const kept = { ...store, kind: 'keychain' as const };
    const elsewhere = {
      library,
      store: kept,
      environment: NOTHING,
      sessionOnly: sessionOnly(false),
    };
    expect(createAccounts({ ...elsewhere, events: { emit: () => undefined } }).keeping()).toBe(
      'stored',
    );
  });

  it('keeps the token in the credential store, for the next start too, and never in the database', async () => {
    const accounts = start();
    expect(await accounts.tokens.current()).toBeNull();
    expect(await accounts.signedIn('secret-token-of-ada', ADA)).toBe(ADA.id);
    expect(await start().tokens.current()).toBe('secret-token-of-ada');
    expect(await start().current()).toEqual({
      id: ADA.id,
      name: 'Ada',
      country: 'FR',
      plan: null,
      signedIn: true,
    });
    expect(emitted).toEqual([{ code: 'SIGNED_IN', accountId: ADA.id }]);
    library.close();
    expect((await readFile(join(folder, 'library.sqlite'))).includes('secret-token')).toBe(false);
    library = openLibrary(join(folder, 'library.sqlite'));
  });

  it('as somebody else changes the account in use, and the first one keeps its token', async () => {
    const accounts = start();
    await accounts.signedIn('token-a', ADA);
    await accounts.signedIn('token-b', BO);
    expect(await accounts.tokens.current()).toBe('token-b');
    await library.accounts.setCurrent(ADA.id);
    expect(await accounts.tokens.current()).toBe('token-a');
  });

  it('that the keychain does not keep changes nothing', async () => {
    store = {
      ...store,
      set: () => Promise.reject(new CratefulError('CREDENTIAL_STORE_FAILED')),
    };
    await expect(start().signedIn('token', ADA)).rejects.toMatchObject({
      code: 'CREDENTIAL_STORE_FAILED',
    });
    expect(await start().current()).toBeNull();
    expect(emitted).toEqual([]);
  });
});

describe('a session that ends', () => {
  it('keeps the token and says so once, until somebody signs in again', async () => {
    const accounts = start();
    await accounts.signedIn('token', ADA);
    await accounts.markSessionEnded();
    await accounts.markSessionEnded();
    expect(await accounts.current()).toMatchObject({ signedIn: false });
    expect(await accounts.tokens.current()).toBe('token');
    await accounts.signedIn('new-token', ADA);
    expect(await accounts.current()).toMatchObject({ signedIn: true });
    expect(emitted.map((event) => event.code)).toEqual(['SIGNED_IN', 'SESSION_ENDED', 'SIGNED_IN']);
  });
});

describe('signing out', () => {
  it('deletes the token and keeps what is known of the account', async () => {
    const accounts = start();
    await accounts.signedIn('token', ADA);
    await accounts.signOut();
    await accounts.signOut();
    expect(await accounts.current()).toBeNull();
    expect(await accounts.tokens.current()).toBeNull();
    expect(await store.get('token-1001')).toBeNull();
    await library.accounts.setCurrent(ADA.id);
    expect(await library.accounts.current()).toMatchObject({ name: 'Ada', signedIn: false });
    expect(emitted.map((event) => event.code)).toEqual(['SIGNED_IN', 'SIGNED_OUT']);
  });
});

describe('a token in the environment', () => {
  it('wins over the stored one and leaves nothing in a keychain', async () => {
    await start().signedIn('stored', ADA);
    const written: string[] = [];
    const plain = store;
    store = {
      ...plain,
      async set(name, value) {
        written.push(name);
        await plain.set(name, value);
      },
    };
    const accounts = start({ token: 'from-environment' });
    expect(accounts.credentialStore(BO.id)).toBe('environment');
    expect(await accounts.tokens.current()).toBe('from-environment');
    await accounts.signedIn('from-environment', BO);
    await accounts.appCredentials.save(CREDENTIALS);
    expect(await accounts.appCredentials.load()).toEqual(CREDENTIALS);
    expect(await accounts.current()).toMatchObject({ id: BO.id });
    expect(written).toEqual([]);
    expect(start().credentialStore(BO.id)).toBe('session');
  });

  it('counts no more after signing out', async () => {
    const accounts = start({ token: 'from-environment' });
    await accounts.signedIn('from-environment', ADA);
    await accounts.signOut();
    expect(await accounts.tokens.current()).toBeNull();
    expect(accounts.credentialStore(ADA.id)).toBe('session');
  });
});

describe('several accounts', () => {
  it('are listed by name, signed in where their token is still there', async () => {
    const accounts = start();
    await accounts.signedIn('token of bo', BO);
    await accounts.signedIn('token of ada', ADA);
    expect(await accounts.list()).toMatchObject([
      { name: 'Ada', signedIn: true },
      { name: 'Bo', signedIn: true },
    ]);
    await store.delete('token-1002');
    expect(await start().list()).toMatchObject([{ signedIn: true }, { signedIn: false }]);
  });

  it('each keep their token, and calls go out with that of the one in use', async () => {
    const accounts = start();
    await accounts.signedIn('token of bo', BO);
    await accounts.signedIn('token of ada', ADA);
    expect(await accounts.tokens.current()).toBe('token of ada');
    await accounts.use(BO.id);
    expect(await accounts.tokens.current()).toBe('token of bo');
    expect(await start().current()).toMatchObject({ id: BO.id });
    expect(await start().tokens.current()).toBe('token of bo');
  });

  it('without a session cannot be used, and the one in use stays', async () => {
    const accounts = start();
    await accounts.signedIn('token of bo', BO);
    await accounts.markSessionEnded();
    await accounts.signedIn('token of ada', ADA);
    const required = { code: 'SIGN_IN_REQUIRED' };
    await expect(accounts.use(BO.id)).rejects.toMatchObject(required);
    await accounts.signedIn('again', BO);
    await accounts.signOut();
    await expect(accounts.use(BO.id)).rejects.toMatchObject(required);
    await accounts.use(ADA.id);
    await expect(accounts.use(accountId('9'))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await accounts.tokens.current()).toBe('token of ada');
  });

  it('do not share a token from the environment', async () => {
    await start().signedIn('token of bo', BO);
    const accounts = start({ token: 'from-environment' });
    await accounts.signedIn('from-environment', ADA);
    expect(await accounts.list()).toMatchObject([{ signedIn: true }, { signedIn: true }]);
    await accounts.use(BO.id);
    expect(await accounts.tokens.current()).toBe('token of bo');
    expect(accounts.credentialStore(BO.id)).toBe('session');
    await accounts.signOut();
    await accounts.use(ADA.id);
    expect(await accounts.tokens.current()).toBe('from-environment');
    expect(accounts.credentialStore(ADA.id)).toBe('environment');
  });
});

describe('the password of a proxy', () => {
  it('is kept with the secrets and goes when it is set to nothing', async () => {
    expect(await createProxyPassword(store).get()).toBeNull();
    await createProxyPassword(store).set('p:ss');
    const password = createProxyPassword(store);
    expect(await password.get()).toBe('p:ss');
    await password.set('');
    expect(await password.get()).toBeNull();
    expect(await createProxyPassword(store).get()).toBeNull();
  });

  it('that the keychain does not keep leaves the old one in force', async () => {
    await createProxyPassword(store).set('old');
    const password = createProxyPassword({
      ...store,
      set: () => Promise.reject(new CratefulError('CREDENTIAL_STORE_FAILED')),
    });
    await expect(password.set('new')).rejects.toMatchObject({ code: 'CREDENTIAL_STORE_FAILED' });
    expect(await password.get()).toBe('old');
  });
});

describe('app credentials', () => {
  it('that were discovered are there at the next start', async () => {
    expect(await start().appCredentials.load()).toBeNull();
    await start().appCredentials.save(CREDENTIALS);
    expect(await start().appCredentials.load()).toEqual(CREDENTIALS);
  });

  it('that cannot be read count as none', async () => {
    await store.set('app-credentials', '{"appId":"123456789"');
    expect(await start().appCredentials.load()).toBeNull();
    await store.set('app-credentials', '{"appId":"123456789"}');
    expect(await start().appCredentials.load()).toBeNull();
    store = {
      ...store,
      get: () => Promise.reject(new CratefulError('CREDENTIAL_STORE_FAILED')),
    };
    expect(await start().appCredentials.load()).toBeNull();
  });

  it('of the user are kept apart as a pair, and taken back', async () => {
    await start().setUserAppCredentials({ appId: ' 950096963 ', appSecret: 's3cret' });
    expect(await start().userAppCredentials()).toEqual({ appId: '950096963', appSecret: 's3cret' });
    expect(await start().appCredentials.load()).toBeNull();
    await start().setUserAppCredentials({ appId: '', appSecret: '' });
    expect(await start().userAppCredentials()).toBeNull();
  });

  it('of the user are refused when half of them is missing', async () => {
    const incomplete = { code: 'APP_CREDENTIALS_INCOMPLETE' };
    await expect(
      start().setUserAppCredentials({ appId: '950096963', appSecret: ' ' }),
    ).rejects.toMatchObject(incomplete);
    await expect(start({ appSecret: 'only this' }).userAppCredentials()).rejects.toMatchObject(
      incomplete,
    );
  });

  it('in the environment win over those in the settings', async () => {
    await start().setUserAppCredentials({ appId: '1', appSecret: 'stored' });
    expect(await start({ appId: '2', appSecret: 'given' }).userAppCredentials()).toEqual({
      appId: '2',
      appSecret: 'given',
    });
  });
});
