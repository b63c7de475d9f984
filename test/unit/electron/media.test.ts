import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedBytes, mediaResponse } from '../../../src-main/electron/media.ts';

const BYTES = randomBytes(300_000);
let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-media-'));
  path = join(folder, 'track.flac');
  await writeFile(path, BYTES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (range: string | null, method = 'GET') =>
  mediaResponse(
    new Request('http://player/track', { method, headers: range === null ? {} : { range } }),
    { path, type: 'audio/flac' },
  );
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** Files this process has open under the test's folder, where the system tells. */
async function openFiles(): Promise<number> {
  const { readlink } = await import('node:fs/promises');
  const fds = await readdir('/proc/self/fd');
  const targets = await Promise.all(
    fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(folder)).length;
}

describe('the bytes a Range header asks for', () => {
  it.each([
    [null, 'all'],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['BYTES = 10 - 19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=99999999999999999999-', 'unsatisfiable'],
    ['bytes=20-10', 'all'],
    ['bytes=-', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['items=0-5', 'all'],
    ['bytes=a-b', 'all'],
  ] as const)('of %s are %j', (header, asked) => {
    expect(askedBytes(header, 100)).toEqual(asked);
  });

  it('of an empty file are none', () => {
    expect(askedBytes('bytes=0-', 0)).toBe('unsatisfiable');
    expect(askedBytes(null, 0)).toBe('all');
  });
});

describe('a track that is played', () => {
  it('comes whole with its length and type, and says that parts can be had', async () => {
    const response = await ask(null);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/flac',
      'content-length': '300000',
      'accept-ranges': 'bytes',
    });
    expect((await bodyOf(response)).equals(BYTES)).toBe(true);
  });

  it('comes in exactly the part that is asked for', async () => {
    const response = await ask('bytes=200000-');
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 200000-299999/300000');
    expect(response.headers.get('content-length')).toBe('100000');
    expect((await bodyOf(response)).equals(BYTES.subarray(200_000))).toBe(true);
    const one = await ask('bytes=7-7');
    expect((await bodyOf(one)).equals(BYTES.subarray(7, 8))).toBe(true);
  });

  it('answers 416 with the length for a part behind its end, and only headers to HEAD', async () => {
    const behind = await ask('bytes=300000-');
    expect(behind.status).toBe(416);
    expect(behind.headers.get('content-range')).toBe('bytes */300000');
    const head = await ask('bytes=0-99', 'HEAD');
    expect(head.status).toBe(206);
    expect(head.headers.get('content-length')).toBe('100');
    expect(await bodyOf(head)).toHaveLength(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'is not held open when the player leaves off, nor after an answer without bytes',
    async () => {
      const response = await ask(null);
      const reader = response.body?.getReader();
      await reader?.read();
      expect(await openFiles()).toBe(1);
      await reader?.cancel();
      await ask('bytes=300000-');
      await ask(null, 'HEAD');
      await expect.poll(openFiles).toBe(0);
    },
  );

  it('throws when its file is gone, which the protocol answers with 404', async () => {
    await expect(
      mediaResponse(new Request('http://player/track'), {
        path: join(folder, 'gone.flac'),
        type: 'audio/flac',
      }),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
