import { describe, expect, it } from 'vitest';
import { coverAddress } from '../../../src-main/audio/covers.ts';
import { tagsOf } from '../../../src-main/audio/tags.ts';
import type { Album, Track } from '../../../src-preload/contract/catalogue.ts';
import { albumId, trackId } from '../../../src-preload/contract/ids.ts';

const album: Album = {
  id: albumId('0001234567890'),
  title: 'Night Trains',
  version: 'Deluxe',
  artist: 'Mira Vogel',
  artists: ['Mira Vogel', 'The Low Tide'],
  label: 'Low Tide',
  genres: ['Jazz', 'Vocal Jazz'],
  releaseDate: '2021-03-05',
  upc: '0012345678905',
  copyright: '(C) 2021 Low Tide',
  discCount: 1,
  trackCount: 12,
  durationSeconds: 3000,
  explicit: false,
  coverUrl: null,
  goodies: [],
  maximumBitDepth: 24,
  maximumSamplingRateKHz: 96,
};
const track: Track = {
  id: trackId(77),
  albumId: album.id,
  title: 'I. Departure',
  version: 'Live',
  work: 'Suite No. 1',
  artist: 'Mira Vogel',
  credits: [
    { name: 'Jo Lind', roles: ['Featured Artist', 'Bass'] },
    { name: 'Mira Vogel', roles: ['MainArtist', 'Composer'] },
    { name: 'A. Writer', roles: ['ComposerLyricist'] },
    { name: 'P. Desk', roles: [] },
  ],
  composers: ['Mira Vogel'],
  trackNumber: 3,
  discNumber: 1,
  durationSeconds: 200,
  isrc: 'QZABC2100001',
  copyright: '(p) 2021 Low Tide (C) 2021 Vogel',
  explicit: true,
  replayGainDb: -7.306,
  replayPeak: 0.98799,
};
const tags = (more: Partial<Track> = {}, moreAlbum: Partial<Album> = {}, others: Track[] = []) => {
  const changed = { ...track, ...more };
  return tagsOf({ album: { ...album, ...moreAlbum }, tracks: [changed, ...others] }, changed, {
    replayGain: true,
  });
};

describe('tags from the catalogue', () => {
  it('say all that the catalogue says, several people as several values', () => {
    expect(tags()).toEqual({
      TITLE: ['Suite No. 1: I. Departure (Live)'],
      ARTIST: ['Mira Vogel', 'Jo Lind'],
      ALBUM: ['Night Trains (Deluxe)'],
      ALBUMARTIST: ['Mira Vogel', 'The Low Tide'],
      TRACKNUMBER: ['3'],
      TRACKTOTAL: ['12'],
      DISCNUMBER: ['1'],
      DISCTOTAL: ['1'],
      DATE: ['2021-03-05'],
      YEAR: ['2021'],
      GENRE: ['Jazz', 'Vocal Jazz'],
      LABEL: ['Low Tide'],
      COMPOSER: ['Mira Vogel', 'A. Writer'],
      WORK: ['Suite No. 1'],
      PERFORMER: [
        'Jo Lind (Featured Artist, Bass)',
        'Mira Vogel (Main Artist, Composer)',
        'A. Writer (Composer Lyricist)',
        'P. Desk',
      ],
      ISRC: ['QZABC2100001'],
      UPC: ['0012345678905'],
      BARCODE: ['0012345678905'],
      COPYRIGHT: ['℗ 2021 Low Tide © 2021 Vogel'],
      REPLAYGAIN_TRACK_GAIN: ['-7.31 dB'],
      REPLAYGAIN_TRACK_PEAK: ['0.987990'],
      ITUNESADVISORY: ['1'],
      QOBUZ_TRACK_ID: ['77'],
      QOBUZ_ALBUM_ID: ['0001234567890'],
    });
  });

  it('leave out what the catalogue does not say, so that a store file keeps its own', () => {
    const bare = tags(
      { isrc: null, work: null, credits: [], composers: [], replayGainDb: null, copyright: null },
      { upc: ' ', label: null, genres: [], releaseDate: null, copyright: null },
    );
    const absent = [
      'ISRC',
      'WORK',
      'PERFORMER',
      'COMPOSER',
      'UPC',
      'LABEL',
      'GENRE',
      'DATE',
      'YEAR',
    ];
    for (const name of [...absent, 'REPLAYGAIN_TRACK_GAIN', 'COPYRIGHT']) {
      expect(bare).not.toHaveProperty(name);
    }
  });

  it('count tracks by disc when there are several', () => {
    const others = [1, 2, 4].map((trackNumber) => ({ ...track, trackNumber }));
    const second = { ...track, discNumber: 2 };
    const { TRACKTOTAL, DISCTOTAL } = tags({}, { discCount: 2 }, [...others, second]);
    expect({ TRACKTOTAL, DISCTOTAL }).toEqual({ TRACKTOTAL: ['4'], DISCTOTAL: ['2'] });
  });

  it('name the credited artists in place of a joined or borrowed name', () => {
    const credits = [
      { name: 'Ann', roles: ['MainArtist'] },
      { name: 'Bo', roles: ['MainArtist'] },
    ];
    const artists = (artist: string) =>
      tags({ artist, credits }, { artist: 'Various Artists' }).ARTIST;
    expect(artists('Ann & Bo')).toEqual(['Ann', 'Bo']);
    expect(artists('Various Artists')).toEqual(['Ann', 'Bo']);
    expect(artists('BO')).toEqual(['BO', 'Ann']);
    expect(artists('Trio Cee')).toEqual(['Trio Cee', 'Ann', 'Bo']);
    expect(tags({ artist: 'Ann', credits: [] }).ARTIST).toEqual(['Ann']);
  });

  it('do not take "Various Composers" for a composer', () => {
    expect(tags({ composers: ['Various Composers'], credits: [] })).not.toHaveProperty('COMPOSER');
  });
});

describe('cover addresses', () => {
  it('swap the size and leave other addresses alone', () => {
    const url = 'https://static.qobuz.com/images/covers/90/78/0001234567890_600.jpg';
    expect(coverAddress(url, 'max')).toBe(url.replace('_600', '_max'));
    expect(coverAddress(`${url}?v=2`, '230')).toBe(`${url.replace('_600', '_230')}?v=2`);
    const other = 'https://example.test/cover_600/front.png';
    expect(coverAddress(other, 'max')).toBe(other);
  });
});
