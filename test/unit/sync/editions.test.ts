import { describe, expect, it } from 'vitest';
import { compareQuality } from '../../../src-main/downloads/quality.ts';
import { albumName } from '../../../src-main/sync/album-names.ts';
import { offerOf } from '../../../src-main/sync/editions.ts';
import type { FormatWish } from '../../../src-main/sync/preference.ts';
import type { FormatId } from '../../../src-preload/contract/formats.ts';
import type { Quality } from '../../../src-preload/contract/set-aside.ts';
import { detail, file, receipt } from '../../integration/library/rows.ts';

type Sound = readonly [format: FormatId | null, bits: number | null, kHz: number | null];
const quality = ([formatId, bitDepth, samplingRateKHz]: Sound): Quality => ({
  ...{ formatId, bitDepth, samplingRateKHz },
});

const MP3: Sound = [5, null, 44.1];
const MP3_48: Sound = [5, null, 48];
const CD: Sound = [6, 16, 44.1];
const SMALL: Sound = [7, 24, 44.1];
const HIGH: Sound = [7, 24, 96];
const HIGHEST: Sound = [27, 24, 192];
const DSD64: Sound = [55, 1, 2822.4];
const DSD128: Sound = [56, 1, 5644.8];

describe('one sound beside another', () => {
  it.each<readonly [string, Sound, Sound]>([
    ['a higher sampling rate before anything else', HIGHEST, HIGH],
    ['more bits at the same rate', SMALL, CD],
    ['lossless over lossy', CD, MP3],
    ['lossless over lossy, although the lossy one was made at a higher rate', CD, MP3_48],
    ['the faster DSD', DSD128, DSD64],
    ['DSD over PCM, whose rate is lower', DSD64, HIGHEST],
  ])('is better: %s', (_, better, worse) => {
    expect(compareQuality(quality(better), quality(worse))).toBeGreaterThan(0);
    expect(compareQuality(quality(worse), quality(better))).toBeLessThan(0);
  });

  it('is neither better nor worse than itself, and nothing is said where too little is known', () => {
    for (const sound of [MP3, CD, HIGHEST, DSD64]) {
      expect(compareQuality(quality(sound), quality(sound))).toBe(0);
    }
    expect(compareQuality(quality([null, null, null]), quality(CD))).toBeNull();
    expect(compareQuality(quality([6, 16, null]), quality(CD))).toBeNull();
  });
});

describe('an offer', () => {
  const offer = (
    have: Sound,
    to: {
      readonly formats: readonly FormatId[];
      readonly most: readonly [bits: number | null, kHz: number | null];
      readonly wish?: FormatWish;
      /** The sound of the album's other tracks. */
      readonly others?: readonly Sound[];
    },
  ) => {
    const row = ([servedFormatId, bitDepth, samplingRateKHz]: Sound) =>
      file({ receipt: receipt({ servedFormatId, bitDepth, samplingRateKHz, refusedFormats: [] }) });
    const [maximumBitDepth, maximumSamplingRateKHz] = to.most;
    const own = row(have);
    return offerOf({
      wish: to.wish ?? 'best',
      entitlement: { formatIds: to.formats, known: true, downloadable: true, key: 'a' },
      album: { ...detail('a', 1).album, maximumBitDepth, maximumSamplingRateKHz },
      row: own,
      rows: [own, ...(to.others ?? []).map(row)],
      refusal: null,
      decision: null,
      replacedBySync: false,
      nowMs: 0,
    });
  };

  it.each<readonly [string, Sound, Parameters<typeof offer>[1], FormatId, number, number]>([
    ['FLAC for an MP3', MP3, { formats: [6, 5], most: [16, 44.1] }, 6, 16, 44.1],
    [
      'more bits at the same rate',
      CD,
      { formats: [7, 6, 5], most: [24, 44.1] },
      ...([7, 24, 44.1] as const),
    ],
    [
      'a higher rate once the catalogue’s maximum grew',
      HIGH,
      { formats: [27, 7, 6], most: [24, 192] },
      ...([27, 24, 192] as const),
    ],
    [
      'a higher rate in the same format',
      [27, 24, 96],
      { formats: [27, 7, 6], most: [24, 192], others: [[27, 24, 96]] },
      ...([27, 24, 192] as const),
    ],
    [
      'no more than what is preferred',
      MP3,
      { formats: [27, 7, 6, 5], most: [24, 192], wish: 'cd' },
      ...([6, 16, 44.1] as const),
    ],
  ])('is made of %s', (_, have, to, formatId, bitDepth, samplingRateKHz) => {
    expect(offer(have, to)).toMatchObject({
      formatId,
      from: quality(have),
      to: { formatId, bitDepth, samplingRateKHz },
      accepted: false,
    });
  });

  it.each<readonly [string, Sound, Parameters<typeof offer>[1]]>([
    ['what is as good already', CD, { formats: [6, 5], most: [16, 44.1] }],
    [
      'what is better than what is preferred',
      HIGH,
      { formats: [27, 7, 6], most: [24, 192], wish: 'cd' },
    ],
    ['a format that nobody bought', CD, { formats: [6, 5], most: [24, 192] }],
    ['DSD beside PCM', DSD64, { formats: [55, 27, 6], most: [24, 192] }],
    [
      'a track below the album’s maximum while another has reached it',
      [27, 24, 96],
      { formats: [27], most: [24, 192], others: [[27, 24, 192]] },
    ],
    ['a file nobody knows the sound of', [null, null, null], { formats: [27], most: [24, 192] }],
  ])('is not made of %s', (_, have, to) => {
    expect(offer(have, to)).toBeNull();
  });
});

describe('the name of an album', () => {
  const named = (artist: string, title: string, version: string | null = null) =>
    albumName({ ...detail('a', 1).album, artist, title, version });

  it.each<readonly [string, string | null]>([
    ['Long Way Home', 'Remastered 2011'],
    ['Long Way Home (Deluxe Edition)', null],
    ['Lóng Way Home', '20th Anniversary Edition'],
    ['long way home [Hi-Res]', null],
  ])('is the same for %s, %s', (title, version) => {
    expect(named('The Parallels', title, version)).toBe(named('Parallels', 'Long Way Home'));
  });

  it.each<readonly [string, string | null]>([
    ['Long Way Home', 'Live'],
    ['Long Way Home (Disc 2)', null],
    ['Long Way Home (Vol. 2)', null],
    ['Long Way Home (2)', null],
    ['Long Way', null],
  ])('is another for %s, %s', (title, version) => {
    expect(named('Parallels', title, version)).not.toBe(named('Parallels', 'Long Way Home'));
  });

  it('keeps volumes and discs apart', () => {
    expect(named('A', 'Hits (Vol. 1)')).not.toBe(named('A', 'Hits (Vol. 2)'));
    expect(named('A', 'Hits (Disc 1)')).not.toBe(named('A', 'Hits (Disc 2)'));
  });
});
