import { describe, expect, it } from 'vitest';
import { indexDisk } from '../../../src-main/sync/disk-index.ts';
import { itemFault } from '../../../src-main/sync/item-fault.ts';
import { groupByAlbum } from '../../../src-main/sync/ownership.ts';
import { isSettled, planAlbum } from '../../../src-main/sync/plan.ts';
import type { PlanInput } from '../../../src-main/sync/plan-input.ts';
import type { Purchase } from '../../../src-preload/contract/catalogue.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import { DEFAULT_TEMPLATE } from '../../../src-preload/contract/naming.ts';
import { detail, file, purchase, receipt } from '../../integration/library/rows.ts';

const PATH = 'The Parallels/Album a/01 - Track 1.flac';
const ROW = file({
  trackId: trackId(1),
  albumId: albumId('a'),
  path: PATH,
  bytes: 1000,
  receipt: receipt({ requestedFormatId: 7, servedFormatId: 7, bytes: 1000 }),
});
const entry = (path: string, bytes = 1000) => ({ path, storedPath: path, bytes, modifiedMs: 1 });

function input(patch: Partial<PlanInput> & { readonly purchase?: Partial<Purchase> }): PlanInput {
  const { purchase: bought, ...rest } = patch;
  const list = detail('a', 1);
  const album = { ...list.album, goodies: [], trackCount: 1 };
  const formatIds = [7, 6, 5];
  const [owned] = groupByAlbum([
    purchase('a', {
      trackId: null,
      album,
      formatIds,
      formatsKnown: true,
      downloadable: true,
      ...bought,
    }),
  ]);
  return {
    owned: owned!,
    detail: { album, tracks: list.tracks },
    list: 'complete',
    folder: 'The Parallels/Album a',
    preference: 'best',
    template: DEFAULT_TEMPLATE,
    sides: { covers: true, booklets: true },
    plannedSides: null,
    findings: new Map(),
    moved: new Set<string>(),
    rows: [],
    disk: indexDisk([]),
    found: new Map(),
    refusals: new Map(),
    decisions: new Map(),
    nowMs: 0,
    rootPath: '/music',
    platform: 'linux',
    ...rest,
  };
}
const only = (given: PlanInput) => planAlbum(given).items[0]!;

describe('the plan of a track', () => {
  it('keeps a file with its row, whatever case or normalisation the disk spells its name in', () => {
    const spelled = PATH.normalize('NFD').toUpperCase();
    const item = only(input({ rows: [ROW], disk: indexDisk([entry(spelled)]) }));
    expect(item).toMatchObject({ action: 'keep', reason: 'present', formatId: 7 });
  });

  it('does not take a file for gone that lies where the scan could not look', () => {
    const disk = indexDisk([], [{ storedPath: 'The Parallels', reason: 'EACCES' }]);
    expect(only(input({ rows: [ROW], disk }))).toMatchObject({ action: 'keep', reason: 'unseen' });
    expect(only(input({ rows: [ROW] }))).toMatchObject({ action: 'download', reason: 'missing' });
  });

  it('never replaces a better file because the entitlement shrank', () => {
    const disk = indexDisk([entry(PATH)]);
    const shrunk = input({ rows: [ROW], disk, purchase: { formatIds: [5] } });
    expect(only(shrunk)).toMatchObject({ action: 'keep' });
    const gone = input({ rows: [ROW], disk, purchase: { formatIds: [], downloadable: false } });
    expect(only(gone)).toMatchObject({ action: 'keep' });
  });

  it('names what it takes instead of the format that was wished for', () => {
    const item = only(input({ preference: 'hires96', purchase: { formatIds: [5, 6] } }));
    expect(item).toMatchObject({
      action: 'download',
      formatId: 6,
      fallbackFormatIds: [5],
      substitution: { wanted: 7 },
    });
  });

  it('fails with PATH_TOO_LONG where the system cannot hold the path, before anything is fetched', () => {
    const deep = input({ platform: 'win32', rootPath: `C:\\${'deep\\'.repeat(50)}music` });
    expect(itemFault(only(deep))).toMatchObject({
      state: 'failed',
      error: { code: 'PATH_TOO_LONG' },
    });
    expect(only({ ...deep, platform: 'linux' })).toMatchObject({ action: 'download' });
  });

  it('says NOT_ENTITLED for a purchase in formats nobody knows, and PRE_ORDER for none yet', () => {
    const fault = (formatIds: readonly number[]) =>
      itemFault(only(input({ purchase: { formatIds } })))?.error.code;
    expect(fault([999])).toBe('NOT_ENTITLED');
    expect(fault([])).toBe('PRE_ORDER');
  });

  it('holds a refusal until 30 days have passed or the formats changed', () => {
    const refusal = {
      accountId: ROW.rootId as never,
      trackId: trackId(1),
      error: { code: 'TRACK_WITHHELD', params: {} },
      formatsKey: 'album@1600000000:5,6,7',
      refusedAtMs: 0,
    } as const;
    const refusals = new Map([[trackId(1), refusal]]);
    const actionAfter = (days: number, formatIds = [7, 6, 5]) =>
      only(input({ refusals, nowMs: days * 86_400_000, purchase: { formatIds } })).action;
    expect([actionAfter(0), actionAfter(29.9), actionAfter(30), actionAfter(0, [6, 5])]).toEqual([
      'unavailable',
      'unavailable',
      'download',
      'download',
    ]);
  });
});

describe('a glance', () => {
  const settled = (patch: Parameters<typeof input>[0]) => isSettled(input(patch));
  it('settles an album only when every track it should have is there, unchanged and in its format', () => {
    const whole = { rows: [ROW], disk: indexDisk([entry(PATH)]) };
    expect(settled(whole)).toBe(true);
    expect(settled({ ...whole, rows: [] })).toBe(false);
    expect(settled({ ...whole, disk: indexDisk([entry(PATH, 999)]) })).toBe(false);
    expect(settled({ ...whole, disk: indexDisk([]) })).toBe(false);
    expect(settled({ ...whole, preference: 'mp3' })).toBe(false);
  });

  it('is no plan when side files are wanted that it was not planned with', () => {
    const whole = { rows: [ROW], disk: indexDisk([entry(PATH)]) };
    const both = { covers: true, booklets: true };
    const neither = { covers: false, booklets: false };
    expect(settled({ ...whole, sides: both, plannedSides: both })).toBe(true);
    expect(settled({ ...whole, sides: neither, plannedSides: both })).toBe(true);
    expect(settled({ ...whole, sides: neither, plannedSides: neither })).toBe(true);
    const now = { ...neither, booklets: true };
    expect(settled({ ...whole, sides: now, plannedSides: neither })).toBe(false);
    expect(settled({ ...whole, sides: { ...neither, covers: true }, plannedSides: now })).toBe(
      false,
    );
  });

  it('does not miss a booklet that nobody wants any more', () => {
    const gone = file({ trackId: null, kind: 'booklet', albumId: albumId('a'), path: 'a/b.pdf' });
    const whole = { rows: [ROW, gone], disk: indexDisk([entry(PATH)]) };
    expect(settled(whole)).toBe(false);
    expect(settled({ ...whole, sides: { covers: true, booklets: false } })).toBe(true);
  });
});
