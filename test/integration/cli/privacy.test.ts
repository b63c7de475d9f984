import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DEMO_USER } from '../../../src-main/demo/sessions.ts';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { apiFaults, bodyFaults, inject } from '../../support/faults.ts';

let world: CliWorld;
afterEach(() => world.close());

it('leaves no token, secret, signed address or e-mail in what it says or writes', async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.nightBus) });
  const [first = 0, second = 0] = tracksOf(ALBUMS.nightBus);
  // Faults, so that errors and events are among what is looked through.
  inject(world.store, apiFaults.foreignAddress('https://elsewhere.invalid/file?hmac=0123456789'), {
    trackId: first,
  });
  inject(world.store, bodyFaults.oneByte(), { trackId: second, times: 1 });
  const { token, appSecret } = world.store;
  const app = { QOBUZ_APP_ID: world.store.appId, QOBUZ_APP_SECRET: appSecret };
  const said = [
    await world.run(['sync', '--to', world.root, '--json', '--verbose']),
    await world.run(['sync', '--verbose'], app),
    await world.run(['status', '--json']),
  ];
  world.store.expireToken();
  said.push(await world.run(['sync', '--json', '--verbose']));
  expect(said.map(({ code }) => code)).toEqual([1, 1, 0, 3]);

  const texts = new Map(said.map(({ stdout, stderr }, at) => [`output ${at}`, stdout + stderr]));
  for (const folder of [world.home, join(world.root, '.crateful')]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      texts.set(path, (await readFile(path)).toString('latin1'));
    }
  }
  const names = [...texts.keys()].join('\n');
  expect(names).toMatch(/library\.sqlite$/m);
  expect(names).toMatch(/manifest\.jsonl$/m);
  const secrets = [token, appSecret, DEMO_USER.email, 'hmac=', '&etsp=', 'request_sig='];
  const signed = new URL(world.store.fileUrl(first, 6)).searchParams;
  for (const [name, value] of signed) {
    if (value.length > 8) secrets.push(`${name}=`);
  }
  for (const [where, text] of texts) {
    for (const secret of secrets)
      expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
  }
});
