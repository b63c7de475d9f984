import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DEMO_USER } from '../../../src-main/demo/sessions.ts';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { apiFaults, bodyFaults, inject } from '../../support/faults.ts';
import { filesOf, leaksIn, type Places, rowsOf, type Secret } from '../../support/leaks.ts';

let world: CliWorld;
afterEach(() => world.close());

it('leaves no token, secret, password, signed address or e-mail in what it says or writes', async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.nightBus) });
  const [first = 0, second = 0] = tracksOf(ALBUMS.nightBus);
  // Faults, so that errors and events are among what is looked through.
  inject(world.store, apiFaults.foreignAddress('https://elsewhere.invalid/file?hmac=0123456789'), {
    trackId: first,
  });
  inject(world.store, bodyFaults.oneByte(), { trackId: second, times: 1 });
  const { token, appSecret } = world.store;
  const app = { QOBUZ_APP_ID: world.store.appId, QOBUZ_APP_SECRET: appSecret };
  const password = 'hunter2 "and" more/less';
  const said = [
    await world.run(['sync', '--to', world.root, '--json', '--verbose']),
    await world.run(['sync', '--verbose'], app),
    await world.run(['status', '--json']),
    await world.run(['login', '--session-only']),
    await world.run(['sync', '--json', '--verbose'], {
      QOBUZ_USERNAME: 'someone@mail.invalid',
      QOBUZ_PASSWORD: password,
    }),
  ];
  world.store.expireToken();
  said.push(await world.run(['sync', '--json', '--verbose']));
  expect(said.map(({ code }) => code)).toEqual([1, 1, 0, 0, 3, 3]);

  const rows = rowsOf(join(world.home, 'library.sqlite'));
  const places: Places = new Map([
    ...said.map(({ stdout, stderr }, at): [string, Buffer] => [
      `output ${at}`,
      Buffer.from(stdout + stderr),
    ]),
    ...(await filesOf('data', world.home)),
    ...(await filesOf('library', join(world.root, '.crateful'))),
    ...rows,
  ]);
  const names = [...places.keys()];
  for (const name of ['data/library.sqlite', 'library/manifest.jsonl', 'table events']) {
    expect(names).toContain(name);
  }
  const secrets: Secret[] = [
    { name: 'the token', value: token },
    { name: 'the app secret', value: appSecret },
    { name: 'the password', value: password },
    { name: 'the e-mail', value: DEMO_USER.email },
    { name: 'the name to sign in with', value: 'someone@mail.invalid' },
    { name: 'a signature', value: 'hmac=' },
    { name: 'a signed file address', value: 'etsp=' },
    { name: 'a signed call', value: 'request_sig=' },
  ];
  for (const [name, value] of new URL(world.store.fileUrl(first, 6)).searchParams) {
    if (value.length > 8) secrets.push({ name: `${name} of an address`, value: `${name}=` });
  }
  expect(leaksIn(places, secrets)).toEqual([]);
  // Events go into reports. Where the library lies is the database's to know and the person's to see.
  const events = new Map([['table events', rows.get('table events') ?? Buffer.alloc(0)]]);
  expect(events.get('table events')?.length).toBeGreaterThan(100);
  expect(leaksIn(events, [{ name: 'the home folder', value: world.folder }])).toEqual([]);
});
