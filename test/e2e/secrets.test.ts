import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEMO_USER } from '../../src-main/demo/sessions.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../support/demo-albums.ts';
import { apiFaults, bodyFaults, inject, statusFaults } from '../support/faults.ts';
import { filesOf, leaksIn, type Places, rowsOf, type Secret } from '../support/leaks.ts';
import { connectProxy, type SmallProxy } from '../support/proxy-server.ts';
import { signInOnPage } from '../support/sign-in-page.ts';
import { type Desk, openDesk, valueIn, WAIT } from '../support/window.ts';

/** The person's folder, whose name would say who they are. */
let person: string;
let desk: Desk;
let proxy: SmallProxy;
const LOGIN = { user: 'mira-of-the-proxy', password: 'pass/word "with" spaces' };

beforeEach(async () => {
  person = join(await mkdtemp(join(tmpdir(), 'crateful-e2e-secrets-')), 'mira.holm');
  await mkdir(join(person, 'data'), { recursive: true });
  proxy = await connectProxy({ login: `${LOGIN.user}:${LOGIN.password}` });
  desk = await openDesk({
    home: join(person, 'data'),
    environment: { HOME: person },
    catalogue: demoAlbums(ALBUMS.nightBus, ALBUMS.oneTake),
  });
});
afterEach(async () => {
  await desk.close();
  await proxy.close();
  await rm(join(person, '..'), { recursive: true, force: true });
});

/** From here on keeps what main answers and sends to the window, and the address it opens in the browser. */
const record = () =>
  desk.app.electron.evaluate(({ ipcMain, shell, BrowserWindow }) => {
    const kept: string[] = [];
    const opened: string[] = [];
    Reflect.set(globalThis, 'kept', kept);
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = async (url) => {
      opened.push(url);
    };
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<
      string,
      (...given: unknown[]) => unknown
    >;
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (...given) => {
        const reply = await handler(...given);
        kept.push(`reply ${channel} ${JSON.stringify(reply)}`);
        return reply;
      });
    }
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel, ...args) => {
        kept.push(`event ${channel} ${JSON.stringify(args)}`);
        send(channel, ...args);
      };
    }
  });
const readList = (name: 'kept' | 'opened') =>
  desk.app.electron.evaluate((_electron, key) => Reflect.get(globalThis, key) as string[], name);

async function signInByBrowser(): Promise<void> {
  await desk.page().evaluate(() => window.crateful.keepForSession());
  const reply = desk.page().evaluate(() => window.crateful.signInWithBrowser());
  const address = await vi.waitFor(async () => {
    const [first] = await readList('opened');
    if (first === undefined) throw new Error('no browser was opened yet');
    return first;
  }, WAIT);
  const back = await signInOnPage(address);
  expect(await (await fetch(back)).text()).toContain('You can close this window');
  valueIn(await reply);
}

const settled = (what: string) =>
  desk.until(({ run }) => run !== null && ['finished', 'stopped'].includes(run.state), what);

it('a whole run leaves no token, secret, password, signed address, e-mail or home folder anywhere', async () => {
  await record();
  const { store } = desk;
  const page = () => desk.page();
  await page().evaluate(() => window.crateful.updateSettings({ logLevel: 'debug' }));

  // In by the browser, through a proxy: first with a wrong password, then with the right one.
  await page().evaluate(
    async ({ address, user }) => {
      await window.crateful.setProxyPassword({ password: 'not the password' });
      await window.crateful.updateSettings({
        proxyMode: 'manual',
        proxyAddress: address,
        proxyUser: user,
      });
    },
    { address: proxy.address, user: LOGIN.user },
  );
  await page().evaluate(() => window.crateful.keepForSession());
  const refused = await page().evaluate(() => window.crateful.signInWithBrowser());
  expect(refused).toMatchObject({ ok: false, error: { code: 'PROXY_FAILED' } });
  await page().evaluate(
    (password) => window.crateful.setProxyPassword({ password }),
    LOGIN.password,
  );
  await signInByBrowser();
  expect(proxy.shown).toContain(`${LOGIN.user}:${LOGIN.password}`);
  await page().evaluate(() => window.crateful.updateSettings({ proxyMode: 'none' }));

  // A folder in the person's own, and a sync in which much goes wrong.
  await desk.answerFolder(join(person, 'Music'));
  await page().evaluate(() => window.crateful.pickFolder());
  valueIn(await page().evaluate(() => window.crateful.useFolder({ mode: 'use' })));
  const [first = 0, second = 0, third = 0] = tracksOf(ALBUMS.nightBus);
  inject(store, apiFaults.foreignAddress('https://elsewhere.invalid/file?hmac=0123456789abcdef'), {
    trackId: first,
  });
  inject(store, bodyFaults.oneByte(), { trackId: second, times: 1 });
  inject(store, statusFaults.notFound(), { trackId: third });
  valueIn(await page().evaluate(() => window.crateful.startSync(undefined)));
  await settled('the end of a run with failures');

  // An own pair, which rebuilds the engine; a token; a link; a check; a session that ends in the middle.
  valueIn(
    await page().evaluate((pair) => window.crateful.setAppCredentials(pair), {
      appId: store.appId,
      appSecret: store.appSecret,
    }),
  );
  valueIn(
    await page().evaluate((token) => window.crateful.signInWithToken({ token }), store.token),
  );
  await page().evaluate(
    (text) => window.crateful.addLinks({ text }),
    `https://play.qobuz.com/album/${ALBUMS.oneTake}?user_auth_token=${store.token}`,
  );
  await desk.until(({ links }) => links.length > 0 && links[0]?.state !== 'looking', 'the link');
  await page().evaluate((id) => window.crateful.verifyAlbums({ albumIds: [id] }), ALBUMS.oneTake);
  const ended = store.token;
  store.expireToken();
  await page().evaluate(() => window.crateful.startSync(undefined));
  await settled('a session that ended');
  await page().evaluate(() => window.crateful.signInWithToken({ token: 'no such token at all' }));
  await page().evaluate(() => window.crateful.copyDiagnostics());
  await page().evaluate(() => window.crateful.getHistory({ before: null }));
  await page().evaluate(() => window.crateful.getShell());
  const diagnostics = await desk.app.electron.evaluate(({ clipboard }) => clipboard.readText());

  // The page goes down as a page can; whatever Chromium writes about that lies in the data folder.
  const dumps = await desk.app.electron.evaluate(async ({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const gone = new Promise<void>((resolve) => {
      window?.webContents.once('render-process-gone', () => resolve());
    });
    window?.webContents.forcefullyCrashRenderer();
    await gone;
    return app.getPath('crashDumps');
  });
  const traffic = await readList('kept');
  const home = join(person, 'data');
  // While it runs, the newest rows are in the write-ahead log.
  const running = await filesOf('running', home);
  await desk.app.close();

  const secrets: Secret[] = [
    { name: 'the token', value: store.token },
    { name: 'the token before', value: ended },
    { name: 'the app secret', value: store.appSecret },
    { name: 'the proxy’s password', value: LOGIN.password },
    { name: 'a wrong password', value: 'not the password' },
    { name: 'a wrong token', value: 'no such token at all' },
    { name: 'the e-mail', value: DEMO_USER.email },
    { name: 'a signed call', value: 'request_sig=' },
    { name: 'a signed file address', value: 'etsp=' },
    { name: 'a signature', value: 'hmac=' },
    { name: 'a sign-in code', value: 'code_autorisation=' },
  ];
  const files = await filesOf('data', home);
  const rows = rowsOf(join(home, 'library.sqlite'));
  const crashes = await readdir(dumps).then(
    () => filesOf('crash dumps', dumps),
    () => new Map<string, Buffer>(),
  );
  const places: Places = new Map([
    ...running,
    ...files,
    ...rows,
    ...crashes,
    ...(await filesOf('library', join(person, 'Music', '.crateful'))),
    ['diagnostics', Buffer.from(diagnostics)],
    ...traffic.map((text, at): [string, Buffer] => [
      `IPC ${at}: ${text.slice(0, 40)}`,
      Buffer.from(text),
    ]),
  ]);
  // There was something to look through.
  const names = [...places.keys()].join('\n');
  for (const name of [
    'data/library.sqlite',
    'running/library.sqlite-wal',
    'data/logs/crateful.log',
    'table events',
    'library/manifest.jsonl',
  ]) {
    expect(names).toContain(name);
  }
  expect(files.get('data/logs/crateful.log')?.toString()).toMatch(/ SIGNED_IN /);
  expect(rows.get('table events')?.toString()).toMatch(/JOB_FAILED|FAILED/);
  expect(traffic.filter((text) => text.startsWith('reply')).length).toBeGreaterThan(10);
  expect(traffic.filter((text) => text.startsWith('event')).length).toBeGreaterThan(5);
  expect(diagnostics).toContain('secrets in session');
  expect(leaksIn(places, secrets)).toEqual([]);

  // The window shows people their own folder, and the database has to know it; what others may read must not.
  const forOthers = [...places].filter(([name]) =>
    /^((data|running)\/logs\/|crash dumps|table events|diagnostics)/.test(name),
  );
  expect(leaksIn(new Map(forOthers), [{ name: 'the home folder', value: person }])).toEqual([]);
});
