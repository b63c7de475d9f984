import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliProcess, type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { keyringEnvironment, missingForKeyring, ON_OWN_BUS } from '../../support/keyring.ts';
import { signInOnPage } from '../../support/sign-in-page.ts';

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
});
afterEach(() => world.close());

const NO_TOKEN = { QOBUZ_USER_AUTH_TOKEN: undefined };

/** Signs in on the page whose address the command shows. */
async function followSignIn(cli: CliProcess): Promise<string> {
  const [, address = ''] = await cli.said(/^ {2}(http\S+\/signin\/oauth\S+)$/m, 'stderr');
  return signInOnPage(address);
}

describe('credentials that do not hold', () => {
  it.each([
    { what: 'no token', environment: NO_TOKEN, code: 'SIGN_IN_REQUIRED', says: /crateful login/ },
    {
      what: 'a token nobody knows',
      environment: { QOBUZ_USER_AUTH_TOKEN: 'not-a-token' },
      code: 'SIGN_IN_REQUIRED',
      says: /QOBUZ_USER_AUTH_TOKEN/,
    },
    {
      what: 'name and password',
      environment: { QOBUZ_USERNAME: 'someone@mail.invalid', QOBUZ_PASSWORD: 'hunter2hunter2' },
      code: 'SIGN_IN_REFUSED',
      says: /Qobuz says: User authentication is required\./,
    },
    {
      what: 'an app id without its secret',
      environment: { QOBUZ_APP_ID: '123456789' },
      code: 'APP_CREDENTIALS_INCOMPLETE',
      says: /QOBUZ_APP_SECRET/,
    },
    {
      what: 'an app pair Qobuz does not know',
      environment: { QOBUZ_APP_ID: '123456789', QOBUZ_APP_SECRET: 'f'.repeat(32) },
      code: 'APP_CREDENTIALS_INVALID',
      says: /app id or secret/,
    },
  ])('end with 3 before anything is fetched: $what', async ({ environment, code, says }) => {
    const ended = await world.run(['sync', '--to', world.root, '--json'], environment);
    expect(ended.code).toBe(3);
    expect(ended.lines).toMatchObject([
      { type: 'notice', level: 'error', code, message: expect.stringMatching(says) },
      { type: 'summary', downloaded: 0, failed: 0, failures: [] },
    ]);
    expect(ended.stdout + ended.stderr).not.toMatch(/Root=|hunter2|someone@/);
    expect(world.store.requests.filter(({ kind }) => kind === 'cdn')).toEqual([]);
  });

  it('are told of a session that ended since, and the next token goes on', async () => {
    expect((await world.run(['sync', '--to', world.root])).code).toBe(0);
    const { token } = world.store;
    world.store.expireToken();
    const { code, stdout, stderr } = await world.run(['sync'], { QOBUZ_USER_AUTH_TOKEN: token });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^You are not signed in to Qobuz, or the session has ended\./);
    const next = await world.run(['sync'], { QOBUZ_USER_AUTH_TOKEN: world.store.issueToken() });
    expect(next).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') });
  });
});

describe('status', () => {
  it('says who, where and how much, also as JSON and without a network', async () => {
    expect((await world.run(['status'], NO_TOKEN)).stdout).toBe(
      'Not signed in.\nNo folder chosen yet.\n',
    );
    await world.run(['sync', '--to', world.root]);
    const offline = { CRATEFUL_QOBUZ_API: 'http://127.0.0.1:9/api.json/0.2' };
    const { code, stdout } = await world.run(['status'], offline);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Signed in as Demo Listener\.\nA token from the environment .+\nFolder: .+music\n1 of 1 albums/,
    );
    const json = await world.run(['status', '--json'], offline);
    expect(json.lines).toMatchObject([
      {
        type: 'status',
        account: { name: 'Demo Listener', credentialStore: 'environment' },
        root: { path: world.root, state: 'ready' },
        albums: 1,
        synced: 1,
      },
    ]);
    // The token of the environment was never stored, so without it nobody is signed in.
    expect((await world.run(['status'], NO_TOKEN)).stdout).toMatch(/^Demo Listener is signed out/);
  });
});

describe('login without a safe place for the token', () => {
  it('asks nobody who cannot answer: NO_KEYCHAIN, before an address is shown or a token sent', async () => {
    for (const environment of [NO_TOKEN, {}]) {
      const { code, stdout, stderr } = await world.run(['login'], environment);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^This system offers no safe place for your sign-in\. Add --session/);
      expect(stderr).toContain('QOBUZ_USER_AUTH_TOKEN');
      expect(stderr).not.toContain('/signin/oauth');
    }
    expect(world.store.requests).toEqual([]);
  });

  it('takes a pasted address, tells a wrong one, and says that nothing is kept', async () => {
    const cli = world.start(['login', '--session-only'], NO_TOKEN);
    const back = await followSignIn(cli);
    cli.child.stdin?.write('https://somewhere.else.invalid/\n');
    await cli.said(/does not come from the sign-in page/, 'stderr');
    cli.child.stdin?.write(`${back}\n`);
    const { code, stdout, stderr } = await cli.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/Signed in as Demo Listener\.\nThis system offers no safe place for it/);
    expect((await world.run(['sync', '--to', world.root], NO_TOKEN)).code).toBe(3);
  });

  it('refuses a token of the environment that nobody knows', async () => {
    const ended = await world.run(['login', '--session-only'], {
      QOBUZ_USER_AUTH_TOKEN: 'not-a-token',
    });
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/^Qobuz did not accept this sign-in\./);
  });
});

const missing = await missingForKeyring();
const skipped = missing.length > 0 ? ` (skipped: no ${missing.join(', no ')} here)` : '';

describe.skipIf(missing.length > 0)(`login with a keychain${skipped}`, () => {
  it('keeps the sign-in from one command to the next, says where, until logout', async () => {
    const keyring = await keyringEnvironment(join(world.folder, 'keyring'));
    const startWith = (token: string | undefined, ...args: string[]) =>
      world.start(args, { ...keyring, QOBUZ_USER_AUTH_TOKEN: token }, ON_OWN_BUS);
    const start = (...args: string[]) => startWith(undefined, ...args);
    const cli = start('login');
    const back = await followSignIn(cli);
    expect(await (await fetch(back)).text()).toContain('You can close this window');
    const { code, stderr } = await cli.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /Signed in as Demo Listener\.\nYour sign-in is kept in this system's key/,
    );

    const status = await start('status').ended;
    expect(status.stdout).toMatch(
      /^Signed in as Demo Listener\.\nYour sign-in is kept in this sys/,
    );
    const synced = await start('sync', '--to', world.root, '--json').ended;
    expect(synced.lines.at(-1)).toMatchObject({ downloaded: 1 });

    // The environment wins over what is stored, which stays.
    expect((await startWith('not-a-token', 'sync').ended).code).toBe(3);
    expect((await start('sync').ended).code).toBe(0);

    const out = await start('logout').ended;
    expect(out).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Signed out\.$/m) });
    expect((await start('status').ended).stdout).toMatch(/^Not signed in\.\n/);
    expect((await start('sync').ended).code).toBe(3);
  });
});
