import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../src-main/audio/pool.ts';
import { indexDisk } from '../../../src-main/sync/disk-index.ts';
import { lookInside } from '../../../src-main/sync/look-inside.ts';
import { groupByAlbum } from '../../../src-main/sync/ownership.ts';
import { planAlbum } from '../../../src-main/sync/plan.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';
import type { AudioHash } from '../../../src-preload/contract/library.ts';
import { DEFAULT_TEMPLATE } from '../../../src-preload/contract/naming.ts';
import { detail, file, purchase, receipt } from '../../integration/library/rows.ts';

const PATH = 'The Parallels/Album a/01 - Track 1.flac';
const FLAC: AudioHash = { kind: 'flac-pcm-md5', value: 'aa' };
const MP3: AudioHash = { kind: 'frames-sha256', value: 'aa' };

/** What is decided of a file of another size than its row's, whose inside looks like this. */
async function decided(saved: AudioHash, inside: Partial<Inspection>) {
  const owned = groupByAlbum([purchase('a', { formatIds: [7], album: detail('a', 1).album })])[0]!;
  const row = file({
    albumId: albumId('a'),
    trackId: trackId(1),
    path: PATH,
    bytes: 1000,
    receipt: receipt({ audioHash: saved, durationSeconds: 200, requestedFormatId: 7 }),
  });
  const input = {
    owned,
    detail: detail('a', 1),
    list: 'complete' as const,
    folder: 'The Parallels/Album a',
    preference: 'best' as const,
    template: DEFAULT_TEMPLATE,
    sides: { covers: true, booklets: true },
    plannedSides: null,
    rows: [row],
    findings: new Map(),
    moved: new Set<string>(),
    disk: indexDisk([{ path: PATH, storedPath: PATH, bytes: 999, modifiedMs: 1 }]),
    refusals: new Map(),
    decisions: new Map(),
    nowMs: 0,
    rootPath: '/music',
    platform: 'linux' as const,
  };
  const inspect = async (): Promise<Inspection> => ({
    whole: true,
    audioHash: saved,
    durationSeconds: 200,
    samplingRateKHz: 44.1,
    bitDepth: 16,
    qobuzTrackId: null,
    bytes: 999,
    ...inside,
  });
  const found = await lookInside({ inspect }, input, new AbortController().signal);
  const { action, reason } = planAlbum({ ...input, found }).items[0]!;
  return `${action}: ${reason}`;
}

describe('a file whose size changed', () => {
  it('is kept when its audio is what was saved', async () => {
    expect(await decided(FLAC, {})).toBe('keep: tags-edited');
    expect(await decided(MP3, {})).toBe('keep: tags-edited');
  });

  it('is fetched again when its audio is damaged, or far from as long as it was', async () => {
    const damaged = { whole: false, audioHash: null, durationSeconds: null };
    expect(await decided(FLAC, damaged)).toBe('replace: damaged');
    expect(await decided(FLAC, { audioHash: { ...FLAC, value: 'bb' }, durationSeconds: 30 })).toBe(
      'replace: damaged',
    );
  });

  it('is fetched again when it is an MP3 that parses and is a little shorter', async () => {
    const cut = { audioHash: { ...MP3, value: 'bb' }, durationSeconds: 199.2 };
    expect(await decided(MP3, cut)).toBe('replace: damaged');
  });

  it("is the user's when it is other audio of the same length, and is left alone", async () => {
    const other = { audioHash: { ...FLAC, value: 'bb' } };
    expect(await decided(FLAC, other)).toBe('unavailable: occupied');
    expect(await decided(FLAC, { audioHash: MP3 })).toBe('unavailable: occupied');
    expect(await decided(MP3, { audioHash: { ...MP3, value: 'bb' } })).toBe(
      'unavailable: occupied',
    );
  });

  it('is taken over with a receipt of its own when it is other audio that names the very track', async () => {
    const own = { audioHash: { ...FLAC, value: 'bb' }, qobuzTrackId: 1 };
    expect(await decided(FLAC, own)).toBe('adopt: provably-ours');
  });
});
