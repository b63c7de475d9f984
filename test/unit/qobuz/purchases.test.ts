import { describe, expect, it } from 'vitest';
import { mergePurchases, readRows } from '../../../src-main/qobuz/purchases.ts';
import type { Purchase } from '../../../src-preload/contract/catalogue.ts';

const nobody = { emit: () => undefined };
const album = (id: string, fields: object): Purchase =>
  readRows([{ id, title: id, ...fields }], 'albums', 0, nobody).purchases[0]!;
const track = (id: number, fields: object): Purchase =>
  readRows([{ id, title: 'x', album: { id: 'a', title: 'a' }, ...fields }], 'tracks', 0, nobody)
    .purchases[0]!;

describe('mergePurchases', () => {
  it('makes one of an album bought twice: all formats, the older date, downloadable if either is', () => {
    const merged = mergePurchases([
      album('a', { purchased_at: 200, downloadable_format_ids: [], downloadable: false }),
      album('b', { purchased_at: 150, downloadable_format_ids: [5] }),
      album('a', { purchased_at: 100, downloadable_format_ids: ['7', 6], downloadable: true }),
    ]);
    expect(merged.map((row) => row.albumId)).toEqual(['a', 'b']);
    expect(merged[0]).toMatchObject({
      purchasedAt: 100,
      formatIds: [7, 6],
      formatsKnown: true,
      downloadable: true,
    });
  });

  it('keeps an album and its singly bought tracks apart, and merges a track bought twice', () => {
    const merged = mergePurchases([
      album('a', { downloadable_format_ids: [6] }),
      track(1, { downloadable_format_ids: [5] }),
      track(2, { downloadable_format_ids: [5] }),
      track(1, { downloadable_format_ids: [6, 5] }),
    ]);
    expect(merged.map((row) => [row.trackId, row.formatIds])).toEqual([
      [null, [6]],
      [1, [5, 6]],
      [2, [5]],
    ]);
  });
});
