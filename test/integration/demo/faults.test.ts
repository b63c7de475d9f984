import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../../src-main/demo/store.ts';
import { apiFaults, bodyFaults, inject, rangeFaults, statusFaults } from '../../support/faults.ts';
import { GOODS, get, getFileUrl, trackAt } from './ask.ts';

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('faults of the demo store', () => {
  let store: DemoStore;
  let track: number;
  let whole: Buffer;
  beforeEach(async () => {
    store = await startDemoStore();
    track = trackAt(store, GOODS.slowWeather);
    whole = await bytesOf(await file());
  });
  afterEach(() => store.close());

  const file = (headers: Record<string, string> = {}) =>
    fetch(store.fileUrl(track, 6), { headers });

  /** Everything the connection carries for one file, head included, until the store closes it. */
  const rawAnswer = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const url = new URL(store.fileUrl(track, 6));
      const socket = connect(Number(url.port), url.hostname);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks)));
      socket.on('error', reject);
      socket.write(
        `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: store\r\nConnection: close\r\n\r\n`,
      );
    });
  const rawBody = async (): Promise<Buffer> => {
    const raw = await rawAnswer();
    return raw.subarray(raw.indexOf('\r\n\r\n') + 4);
  };

  it('strike as often as told, and only what they were aimed at', async () => {
    const other = trackAt(store, GOODS.slowWeather, 1);
    const fault = inject(store, statusFaults.serverError(502), { trackId: track, times: 2 });
    const status = (id: number) =>
      fetch(`${store.apiBase}/track/getFileUrl?track_id=${id}`).then((answer) => answer.status);
    expect([await status(other), await status(track)]).toEqual([400, 502]);
    expect([await status(track), await status(track)]).toEqual([502, 400]);
    expect(fault.hits).toBe(2);
  });

  it('stop when removed', async () => {
    const fault = inject(store, statusFaults.accessDenied(), { on: 'cdn' });
    expect((await file()).status).toBe(403);
    fault.remove();
    expect((await file()).status).toBe(200);
  });

  it.each([
    ['one byte', bodyFaults.oneByte(), () => 1],
    ['a cut at 10 %', bodyFaults.cutAt(0.1), (total: number) => Math.floor(total * 0.1)],
    ['a cut at 99 %', bodyFaults.cutAt(0.99), (total: number) => Math.floor(total * 0.99)],
    ['one byte too few', bodyFaults.shortBy(1), (total: number) => total - 1],
  ])('%s: the announced length never comes', async (_, fault, sent) => {
    inject(store, fault);
    const response = await file();
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(await rawBody()).toHaveLength(sent(whole.length));
  });

  it('more bytes follow than the announced length', async () => {
    inject(store, bodyFaults.longerThanAnnounced(16));
    const raw = await rawAnswer();
    expect(raw.toString('latin1')).toContain(`content-length: ${whole.length}\r\n`);
    expect(await rawBody()).toHaveLength(whole.length + 16);
  });

  it('without a length a cut looks like the end', async () => {
    inject(store, bodyFaults.cutWithoutLength(0.5));
    const response = await file();
    expect(response.headers.has('content-length')).toBe(false);
    expect(await bytesOf(response)).toHaveLength(Math.floor(whole.length / 2));
  });

  it('a file that lost its last byte, a page and a preview announce honest lengths', async () => {
    for (const fault of [
      bodyFaults.shortHonestly(1),
      bodyFaults.htmlPage({ disguised: true }),
      bodyFaults.preview(),
    ]) {
      const injected = inject(store, fault);
      const response = await file();
      expect(response.headers.get('content-type')).toBe('audio/flac');
      const body = await bytesOf(response);
      expect(body).toHaveLength(Number(response.headers.get('content-length')));
      expect(body.length).toBeLessThan(whole.length);
      injected.remove();
    }
  });

  it('another format comes under its own name or disguised', async () => {
    inject(store, bodyFaults.wrongFormat(), { times: 1 });
    inject(store, bodyFaults.wrongFormat({ disguised: true }), { times: 1 });
    const types = [(await file()).headers.get('content-type')];
    types.push((await file()).headers.get('content-type'));
    expect(types.sort()).toEqual(['audio/flac', 'audio/mpeg']);
  });

  it('zeros and a flipped bit change the bytes they name and no others, resumed or not', async () => {
    const half = Math.floor(whole.length / 2);
    const range = { range: `bytes=${half - 10}-` };
    const zero = inject(store, bodyFaults.zeroTail(0.5));
    const zeroed = Buffer.concat([whole.subarray(0, half), Buffer.alloc(whole.length - half)]);
    expect((await bytesOf(await file())).equals(zeroed)).toBe(true);
    expect((await bytesOf(await file(range))).equals(zeroed.subarray(half - 10))).toBe(true);
    zero.remove();
    inject(store, bodyFaults.flippedBit(0.5));
    const got = await bytesOf(await file(range));
    const differences = [...got.keys()].filter((at) => got[at] !== whole[at + half - 10]);
    expect(differences).toEqual([10]);
  });

  it('a stall sends nothing more and leaves the message open until the store closes', async () => {
    inject(store, bodyFaults.stallAt(0.5));
    const reader = (await file()).body!.getReader();
    let got = 0;
    while (got < Math.floor(whole.length / 2)) got += (await reader.read()).value!.length;
    expect(got).toBe(Math.floor(whole.length / 2));
    const next = reader.read();
    await store.close();
    await expect(next).rejects.toThrow();
  });

  it('a drip delivers everything in small pieces', async () => {
    inject(store, bodyFaults.drip({ bytes: 8192, pauseMs: 1 }));
    expect((await bytesOf(await file())).equals(whole)).toBe(true);
  });

  it('range faults strike resumed requests only', async () => {
    const range = { range: 'bytes=100-' };
    const answer = async (fault: Parameters<typeof inject>[1]) => {
      const injected = inject(store, fault, { times: 1 });
      expect((await bytesOf(await file())).equals(whole)).toBe(true);
      expect(injected.hits).toBe(0);
      const response = await file(range);
      expect(injected.hits).toBe(1);
      await response.arrayBuffer();
      return [response.status, response.headers.get('content-range')];
    };
    const last = whole.length - 1;
    expect(await answer(rangeFaults.ignored())).toEqual([200, null]);
    expect(await answer(rangeFaults.wrongStart(5))).toEqual([206, `bytes 105-${last}/${last + 1}`]);
    expect(await answer(rangeFaults.otherTotal(1))).toEqual([206, `bytes 100-${last}/${last + 2}`]);
    expect(await answer(rangeFaults.unsatisfiable())).toEqual([416, `bytes */${last + 1}`]);
    expect((await answer(rangeFaults.expired()))[0]).toBe(403);
    inject(store, rangeFaults.changedEtag());
    const etags = [(await file()).headers.get('etag'), (await file(range)).headers.get('etag')];
    expect(etags[0]).not.toBe(etags[1]);
  });

  it('limits carry the header they were given', async () => {
    const date = 'Sat, 21 Nov 2026 08:00:00 GMT';
    inject(store, statusFaults.rateLimited(date), { on: 'api', times: 1 });
    inject(store, statusFaults.rateLimited(), { on: 'api', times: 1 });
    const first = await fetch(`${store.apiBase}/user/get`);
    const second = await fetch(`${store.apiBase}/user/get`);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, date]);
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('a redirect loop never ends and a reset never answers', async () => {
    const loop = inject(store, statusFaults.redirectLoop(), { on: 'user/get' });
    await expect(get(store, 'user/get')).rejects.toThrow();
    expect(loop.hits).toBeGreaterThan(10);
    loop.remove();
    inject(store, statusFaults.reset(), { on: 'user/get', times: 1 });
    await expect(get(store, 'user/get')).rejects.toThrow();
    expect((await get(store, 'user/get')).status).toBe(200);
  });

  it('previews and other formats come as answers of getFileUrl with addresses that work', async () => {
    inject(store, apiFaults.sample(store), { times: 1 });
    const sample = (await getFileUrl(store, track, 6)).body;
    expect(sample).toMatchObject({ sample: true, duration: 30 });
    inject(store, apiFaults.otherFormat(store, 5), { times: 1 });
    const other = (await getFileUrl(store, track, 6)).body;
    expect(other.format_id).toBe(5);
    expect((await fetch(other.url)).headers.get('content-type')).toBe('audio/mpeg');
    inject(store, apiFaults.restricted('TrackRestrictedByRightHolders'), { times: 1 });
    expect((await getFileUrl(store, track, 6)).body).not.toHaveProperty('url');
  });
});
