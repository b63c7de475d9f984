import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, findAssets, startDemoStore } from '../../../src-main/demo/store.ts';
import { GOODS, getFileUrl, trackAt } from './ask.ts';

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('the demo store’s file addresses', () => {
  let store: DemoStore;
  let nowMs: number;
  beforeEach(async () => {
    nowMs = Date.now();
    store = await startDemoStore({ now: () => nowMs });
  });
  afterEach(() => store.close());

  it('takes the documented signature and nothing else', async () => {
    const track = trackAt(store, GOODS.slowWeather);
    const far = Math.floor(nowMs / 1000) - 3 * 86_400;
    const refused = await Promise.all([
      getFileUrl(store, track, 6, { secret: 'f'.repeat(32) }),
      getFileUrl(store, track, 6, { change: { format_id: '5' } }),
      getFileUrl(store, track, 6, { change: { intent: 'stream' } }),
      getFileUrl(store, track, 6, { change: { request_sig: '' } }),
      getFileUrl(store, track, 6, { timestamp: far }),
    ]);
    for (const answer of refused) {
      expect(answer.status).toBe(400);
      expect(answer.body.message).toContain('request_sig');
    }
    const dayOff = Math.floor(nowMs / 1000) - 86_400;
    expect((await getFileUrl(store, track, 6, { timestamp: dayOff })).status).toBe(200);
  });

  it('hands out files for downloading only, never for streaming', async () => {
    const answer = await getFileUrl(store, trackAt(store, GOODS.slowWeather), 6, {
      intent: 'stream',
    });
    expect(answer.status).toBe(400);
    expect(answer.body.message).not.toContain('request_sig');
  });

  it('grants the formats of the purchase and refuses every other', async () => {
    const track = trackAt(store, GOODS.slowWeather);
    const granted = await getFileUrl(store, track, 6);
    expect(granted.body).toMatchObject({
      format_id: 6,
      mime_type: 'audio/flac',
      sampling_rate: 44.1,
      bit_depth: 16,
    });
    const above = await getFileUrl(store, track, 27);
    expect(above).toMatchObject({
      status: 200,
      body: { restrictions: [{ code: 'TrackRestrictedByPurchaseCredentials' }] },
    });
    expect(above.body).not.toHaveProperty('url');
    const hires = await getFileUrl(store, track, 7);
    expect(hires.status).toBe(400);
    expect(hires.body.message).not.toContain('request_sig');
    expect((await getFileUrl(store, trackAt(store, GOODS.oneTake), 55)).body.mime_type).toBe(
      'audio/x-dsf',
    );
  });

  it('refuses an entitled format the track was never made in', async () => {
    const answer = await getFileUrl(store, trackAt(store, GOODS.copperAndGlass, 2), 7);
    expect(answer.body.restrictions).toEqual([{ code: 'FormatRestrictedByFormatAvailability' }]);
    expect(answer.body.url).toBeUndefined();
  });

  it('withholds what the rights holder withholds, in every format', async () => {
    const track = trackAt(store, GOODS.nightBus, 4);
    for (const format of [6, 5]) {
      const { body } = await getFileUrl(store, track, format);
      expect(body.restrictions).toEqual([{ code: 'SampleRestrictedByRightHolders' }]);
      expect(body.url).toBeUndefined();
    }
  });

  it('gives nothing of a pre-order, of what was not bought, and of what it does not know', async () => {
    const preOrder = await getFileUrl(store, trackAt(store, GOODS.preOrder), 6);
    const neighbour = await getFileUrl(store, trackAt(store, GOODS.fieldNotes, 0), 6);
    const single = await getFileUrl(store, trackAt(store, GOODS.fieldNotes, 1), 6);
    expect([preOrder.status, neighbour.status, single.status]).toEqual([400, 400, 200]);
    expect((await getFileUrl(store, 999, 6)).status).toBe(404);
  });

  it('follows the purchase when its formats change or it is taken back', async () => {
    const item = { albumId: GOODS.slowWeather };
    const track = trackAt(store, GOODS.slowWeather);
    store.catalogue.setFormats(item, [5]);
    expect((await getFileUrl(store, track, 6)).status).toBe(400);
    expect((await getFileUrl(store, track, 5)).status).toBe(200);
    store.catalogue.revoke(item);
    expect((await getFileUrl(store, track, 5)).status).toBe(400);
  });

  describe('the CDN', () => {
    const file = () =>
      readFile(path.join(findAssets(), 'audio', 'cathedral-of-small-things', '1-01.27.flac'));
    const url = () => store.fileUrl(trackAt(store, GOODS.cathedral), 27);

    it('serves the whole file with length, type and ETag', async () => {
      const response = await fetch(url());
      const expected = await file();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('audio/flac');
      expect(response.headers.get('content-length')).toBe(String(expected.length));
      expect(response.headers.get('etag')).toMatch(/^"\w+"$/);
      expect((await bytesOf(response)).equals(expected)).toBe(true);
    });

    it('serves the rest of a file from where it is asked to', async () => {
      const expected = await file();
      const response = await fetch(url(), { headers: { range: 'bytes=1000-' } });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(
        `bytes 1000-${expected.length - 1}/${expected.length}`,
      );
      expect((await bytesOf(response)).equals(expected.subarray(1000))).toBe(true);
      const slice = await fetch(url(), { headers: { range: 'bytes=4-7' } });
      expect((await bytesOf(slice)).equals(expected.subarray(4, 8))).toBe(true);
      const tail = await fetch(url(), { headers: { range: 'bytes=-5' } });
      expect((await bytesOf(tail)).equals(expected.subarray(-5))).toBe(true);
    });

    it('says 416 past the end, and starts anew when the file is not the one meant', async () => {
      const { length } = await file();
      const past = await fetch(url(), { headers: { range: `bytes=${length}-` } });
      expect(past.status).toBe(416);
      expect(past.headers.get('content-range')).toBe(`bytes */${length}`);
      const headers = { range: 'bytes=1000-', 'if-range': '"another"' };
      expect((await fetch(url(), { headers })).status).toBe(200);
    });

    it('refuses expired, tampered and withdrawn addresses with a page', async () => {
      const address = url();
      const other = new URL(address);
      other.searchParams.set('fmt', '7');
      const tampered = await fetch(other);
      expect(tampered.status).toBe(403);
      expect(tampered.headers.get('content-type')).toContain('text/html');
      nowMs += 3_599_000;
      expect((await fetch(address)).status).toBe(200);
      nowMs += 2_000;
      expect((await fetch(address)).status).toBe(403);
      const fresh = url();
      store.expireFileUrls();
      expect((await fetch(fresh)).status).toBe(403);
    });

    it('refuses a request that carries the account’s token', async () => {
      const headers = { 'x-user-auth-token': store.token };
      expect((await fetch(url(), { headers })).status).toBe(400);
      expect(store.requests.at(-1)).toMatchObject({ kind: 'cdn', status: 400 });
    });
  });

  describe('covers and booklets', () => {
    const answer = (address: string) => fetch(address).then((response) => response.status);

    it('come in the service’s sizes, the largest not for every album', async () => {
      const origin = new URL(store.apiBase).origin;
      const address = (id: string, size: string) =>
        `${origin}/images/covers/${id.slice(-2)}/${id.slice(-4, -2)}/${id}_${size}.jpg`;
      for (const size of ['50', '230', '600', 'max']) {
        expect(await answer(address(GOODS.slowWeather, size))).toBe(200);
      }
      const withoutMax = await Promise.all(
        [...store.catalogue.albums.keys()].map((id) => answer(address(id, 'max'))),
      );
      expect(withoutMax).toContain(404);
      expect(await answer(address('unknown000000', '600'))).toBe(404);
    });

    it('need no token, and nothing outside the shop’s folder can be had', async () => {
      const origin = new URL(store.apiBase).origin;
      const booklet = await fetch(`${origin}/goodies/10/the-long-table-1.pdf`);
      expect(booklet.headers.get('content-type')).toBe('application/pdf');
      expect((await bytesOf(booklet)).subarray(0, 5).toString()).toBe('%PDF-');
      expect(await answer(`${origin}/goodies/10/..%2fcatalogue.json`)).toBe(404);
    });
  });
});
