import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBandwidth } from '../../../src-main/downloads/bandwidth.ts';
import { createCoverCache } from '../../../src-main/downloads/cover-cache.ts';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient } from '../../../src-main/net/http.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { faultyFileSystem } from '../../support/faulty-file-system.ts';

const COVER_BYTES = 1000;
const DAY_MS = 24 * 3600 * 1000;

let server: Server;
let origin: string;
let folder: string;
let asked: string[];
/** Answers wait here while the test holds them back. */
let held: (() => void)[] | null;
let now: number;
const cleanups: (() => unknown)[] = [];

beforeEach(async () => {
  asked = [];
  held = null;
  now = 1_800_000_000_000;
  folder = await mkdtemp(join(tmpdir(), 'crateful-covers-'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = () => {
      const body = Buffer.alloc(COVER_BYTES, 7);
      body.set([0xff, 0xd8, 0xff]);
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': body.length });
      response.end(body);
    };
    if (held) held.push(answer);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function cache(mostBytes = 1_000_000) {
  const disk = faultyFileSystem(() => null);
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy(origin),
  });
  cleanups.push(() => http.close());
  const covers = createCoverCache({
    fs: disk,
    http,
    bandwidth: createBandwidth(fakeClock()),
    clock: { now: () => now },
    folder,
    onFault: () => undefined,
    mostBytes,
  });
  return { covers, calls: disk.calls };
}
/** Sends a JPEG of 200 MB that does not say how long it is; gives how much of it went out. */
function endlessCover(): { sent(): number } {
  let sent = 0;
  server.removeAllListeners('request');
  server.on('request', (_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 7);
    response.writeHead(200, { 'content-type': 'image/jpeg' });
    response.write(Buffer.from([0xff, 0xd8, 0xff]));
    const more = () => {
      while (sent < 200 * chunk.length && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  return { sent: () => sent };
}
const album = (id: string) => ({ id: albumId(id), coverUrl: `${origin}/covers/${id}_600.jpg` });

describe('the covers a window shows', () => {
  it('stops reading a cover that goes on and on, and keeps nothing of it', async () => {
    const endless = endlessCover();
    const { covers } = cache();
    expect(await covers.file(album('a1'))).toBeNull();
    expect(endless.sent()).toBeLessThan(100 * 1024 * 1024);
    expect(await readdir(folder)).toEqual([]);
  });

  it('come in the size that is asked for, and once however often they are', async () => {
    const { covers } = cache();
    const [one, same] = await Promise.all([
      covers.shown(album('a'), 'small'),
      covers.shown(album('a'), 'small'),
    ]);
    expect(one).not.toBeNull();
    expect(same).toBe(one);
    expect(await covers.shown(album('a'), 'small')).toBe(one);
    expect(await covers.shown(album('a'), 'large')).toBe(await covers.file(album('a')));
    expect(asked).toEqual(['/covers/a_230.jpg', '/covers/a_600.jpg']);
    expect(await covers.shown({ id: albumId('b'), coverUrl: null }, 'small')).toBeNull();
  });

  it('never flood the service: a few at once, the newest first, those that went by not at all', async () => {
    held = [];
    const { covers } = cache();
    const all = Array.from({ length: 200 }, (_, index) =>
      covers.shown(album(`a${index}`), 'small'),
    );
    await eventually(() => asked.length).toBe(6);
    const answerAll = setInterval(() => {
      for (const answer of held?.splice(0) ?? []) answer();
    }, 5);
    const shown = await Promise.all(all);
    clearInterval(answerAll);
    expect(shown.filter((path) => path === null).length).toBeGreaterThan(60);
    expect(shown.at(-1)).not.toBeNull();
    expect(asked.slice(6, 9).every((path) => /a19\d_/.test(path))).toBe(true);
    // What was given up is fetched when it is in view again.
    held = null;
    expect(await covers.shown(album('a10'), 'small')).not.toBeNull();
  });
});

describe('the room covers take', () => {
  const there = async () => (await readdir(folder)).length;

  it('is bounded: the least recently used go first', async () => {
    const { covers } = cache(5 * COVER_BYTES);
    for (const id of ['a', 'b', 'c', 'd', 'e']) await covers.file(album(id));
    await covers.file(album('a'));
    await covers.file(album('f'));
    expect(await there()).toBe(5);
    asked = [];
    for (const id of ['a', 'c', 'd', 'e', 'f']) await covers.file(album(id));
    expect(asked).toEqual([]);
    await covers.file(album('b'));
    expect(asked).toHaveLength(1);
  });

  it('is kept in order over a restart, by when each was used last', async () => {
    const first = cache(3 * COVER_BYTES);
    for (const id of ['a', 'b', 'c']) {
      await first.covers.file(album(id));
      now += 1000;
    }
    now += 2 * DAY_MS;
    await first.covers.file(album('a'));
    const second = cache(3 * COVER_BYTES);
    now += 1000;
    await second.covers.file(album('d'));
    asked = [];
    await second.covers.file(album('a'));
    expect(asked).toEqual([]);
    await second.covers.file(album('b'));
    expect(asked).toHaveLength(1);
  });

  it('is looked at once, not at every cover', async () => {
    const filled = cache();
    for (let index = 0; index < 30; index++) await filled.covers.file(album(`a${index}`));
    const { covers, calls } = cache();
    for (const id of ['x', 'y', 'z']) await covers.file(album(id));
    expect(calls.filter(({ name }) => name === 'readdir')).toHaveLength(1);
    const stats = calls.filter(({ name }) => name === 'stat').length;
    // 31 for the one look, one each for whether it is there.
    expect(stats).toBeLessThanOrEqual(31 + 3);
  });
});
