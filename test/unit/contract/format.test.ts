import { describe, expect, it } from 'vitest';
import { faultDetail } from '../../../src-preload/contract/fault-detail.ts';
import { createFormats, formatBadges } from '../../../src-preload/contract/format.ts';

const en = createFormats('en-GB');
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers as people read them', () => {
  it.each([
    [0, '0 kB'],
    [1, '1 kB'],
    [999, '1 kB'],
    [1000, '1 kB'],
    [999_999, '1.0 MB'],
    [54_321_000, '54.3 MB'],
    [412_600_000_000, '413 GB'],
    [2_500_000_000_000, '2.5 TB'],
  ])('gives %d bytes in decimal units', (bytes, text) => {
    expect(plain(en.bytes(bytes))).toBe(text);
  });

  it('marks an estimate and keeps number and unit on one line', () => {
    expect(en.size(3_400_000_000, true)).toBe('≈\u00a03.4\u00a0GB');
    expect(en.size(3_400_000_000, false)).toBe('3.4\u00a0GB');
  });

  it('says 100 % only when all is there', () => {
    expect(en.percent(0.9999)).toBe('99%');
    expect(en.percent(1)).toBe('100%');
    expect(en.percent(-1)).toBe('0%');
  });

  it.each([
    [0, '0:00'],
    [187, '3:07'],
    [3753, '1:02:33'],
  ])('gives %d seconds as a track length', (seconds, text) => {
    expect(en.clock(seconds)).toBe(text);
  });

  it.each([
    [3, '3 secs'],
    [58, '1 min'],
    [300, '5 mins'],
    [4800, '1 hr 20 mins'],
    [7200, '2 hrs'],
  ])('gives %d seconds of waiting in words', (seconds, text) => {
    expect(plain(en.span(seconds))).toBe(text);
  });

  it.each([
    [
      'de',
      {
        count: '12.345',
        percent: '42 %',
        bytes: '54,3 MB',
        size: '≈ 3,4 GB',
        speed: '1,5 MB/s',
        spans: ['3 Sek.', '5 Min.', '1 Std. 20 Min.'],
        date: '03.05.2024',
        ago: 'vor 2 Minuten',
        field: { decimalMark: ',', megabytesPerSecond: ' MB/s', percent: ' %' },
      },
    ],
    [
      'fr',
      {
        count: '12 345',
        percent: '42 %',
        bytes: '54,3 Mo',
        size: '≈ 3,4 Go',
        speed: '1,5 Mo/s',
        spans: ['3 s', '5 min', '1 h 20 min'],
        date: '3 mai 2024',
        ago: 'il y a 2 minutes',
        field: { decimalMark: ',', megabytesPerSecond: ' Mo/s', percent: ' %' },
      },
    ],
    [
      'en-GB',
      {
        count: '12,345',
        percent: '42%',
        bytes: '54.3 MB',
        size: '≈ 3.4 GB',
        speed: '1.5 MB/s',
        spans: ['3 secs', '5 mins', '1 hr 20 mins'],
        date: '3 May 2024',
        ago: '2 minutes ago',
        field: { decimalMark: '.', megabytesPerSecond: ' MB/s', percent: '%' },
      },
    ],
  ])('writes as one does in %s', (locale, written) => {
    const formats = createFormats(locale);
    const { field } = formats;
    const spoken = {
      count: formats.count(12_345),
      percent: formats.percent(0.42),
      bytes: formats.bytes(54_321_000),
      size: formats.size(3_400_000_000, true),
      speed: formats.speed(1_500_000),
      spans: [3, 300, 4800].map((seconds) => formats.span(seconds)),
      date: formats.date(Date.UTC(2024, 4, 3, 12) / 1000),
      ago: formats.ago(0, 120_000),
      field: { ...field },
    };
    expect(JSON.parse(JSON.stringify(spoken).replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual(written);
    // Wide enough to be seen, and never the end of a line.
    expect(formats.bytes(54_321_000)).toMatch(/\d\u00a0M[Bo]$/);
  });

  it('gives values of a fault their units by their names', () => {
    const params = en.params({ freeBytes: 312_000_000, seconds: 30, holder: 'the window' });
    expect(plain(params.freeBytes ?? '')).toBe('312 MB');
    expect(plain(params.seconds ?? '')).toBe('30 secs');
    expect(params.holder).toBe('the window');
  });
});

describe('the second sentence of a fault', () => {
  const words = { sentence: 'Full.', detail: '{{neededBytes}} needed, {{freeBytes}} free.' };

  it('is filled in when all it names is known', () => {
    const text = faultDetail(words, { neededBytes: 2_000_000, freeBytes: 1_000_000 }, en);
    expect(plain(text ?? '')).toBe('2.0 MB needed, 1.0 MB free.');
  });

  it('is left out when something is absent, empty or zero, or there is none', () => {
    expect(faultDetail(words, { freeBytes: 5 }, en)).toBeNull();
    expect(faultDetail(words, { neededBytes: 0, freeBytes: 5 }, en)).toBeNull();
    expect(faultDetail({ sentence: 'Full.' }, { freeBytes: 5 }, en)).toBeNull();
  });
});

describe('format badges', () => {
  it.each([
    [[5, 6, 7, 27], ['24/192']],
    [[6, 5], ['16/44.1']],
    [[5], ['MP3 320']],
    [
      [55, 56, 6],
      ['DSD128', '16/44.1'],
    ],
    [[99], ['Format 99']],
    [[], []],
  ])('shows the best of each family of %j', (ids, labels) => {
    expect(formatBadges(ids).map((badge) => badge.label)).toEqual(labels);
  });
});
