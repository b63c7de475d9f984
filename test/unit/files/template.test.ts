import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumFolder, assignPlacements, trackPaths } from '../../../src-main/files/layout.ts';
import { pathKey } from '../../../src-main/files/names.ts';
import { parseTemplate, templateFault } from '../../../src-main/files/template.ts';
import type { Album, Purchase, Track } from '../../../src-preload/contract/catalogue.ts';
import { albumId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import type { Placement } from '../../../src-preload/contract/library.ts';
import {
  DEFAULT_TEMPLATE,
  TEMPLATE_PRESETS,
  TEMPLATE_WORDS,
} from '../../../src-preload/contract/naming.ts';
import { anyText, refusals } from './name-rules.ts';

const ROOT = rootId('root');
const SIDES = { covers: true, booklets: true };

const ALBUM: Album = {
  id: albumId('a1'),
  title: 'Night Ferry',
  version: 'Remastered',
  artist: 'Ada Lund',
  artists: ['Ada Lund'],
  label: 'Low Tide',
  genres: ['Jazz', 'Folk'],
  releaseDate: '2021-03-04',
  upc: '0012345678905',
  copyright: null,
  discCount: 2,
  trackCount: 2,
  durationSeconds: 0,
  explicit: false,
  coverUrl: null,
  goodies: [],
  maximumBitDepth: null,
  maximumSamplingRateKHz: null,
};

const TRACK: Track = {
  id: trackId(1),
  albumId: albumId('a1'),
  title: 'Song',
  version: null,
  work: null,
  artist: 'Ben',
  credits: [],
  composers: [],
  trackNumber: 3,
  discNumber: 2,
  durationSeconds: 60,
  isrc: null,
  copyright: null,
  explicit: false,
  replayGainDb: null,
  replayPeak: null,
};

const pathOf = (template: string, album: Partial<Album> = {}) => {
  const whole = { ...ALBUM, ...album };
  const placement = { folder: albumFolder(whole, template), template };
  const detail = { album: whole, tracks: [{ ...TRACK, discNumber: whole.discCount }] };
  return [...trackPaths(detail, placement, () => 'flac').values()][0];
};

describe('a naming template', () => {
  it.each([
    ['standard', 'Ada Lund/Night Ferry (Remastered)/Disc 2/03 - Song.flac'],
    ['year', 'Ada Lund/2021 - Night Ferry (Remastered)/Disc 2/03 - Song.flac'],
    ['flat', 'Ada Lund - Night Ferry (Remastered)/2-03 - Song.flac'],
    ['label', 'Low Tide/Ada Lund - Night Ferry (Remastered)/Disc 2/03 - Song.flac'],
  ] as const)('named %s gives %s', (preset, path) => {
    expect(pathOf(TEMPLATE_PRESETS[preset])).toBe(path);
  });

  it('leaves out what is in brackets when one of its words says nothing', () => {
    const bare = { version: null, releaseDate: null, label: null, discCount: 1 };
    expect(pathOf(TEMPLATE_PRESETS.standard, bare)).toBe('Ada Lund/Night Ferry/03 - Song.flac');
    expect(pathOf(TEMPLATE_PRESETS.year, bare)).toBe('Ada Lund/Night Ferry/03 - Song.flac');
    expect(pathOf(TEMPLATE_PRESETS.label, bare)).toBe(
      'Unknown Label/Ada Lund - Night Ferry/03 - Song.flac',
    );
    expect(pathOf('<{label} {year}/>{album}/{title}', { label: null })).toBe(
      'Night Ferry/Song.flac',
    );
  });

  it('leaves the version out where the title says it already', () => {
    const said = { title: 'Night Ferry (remastered)' };
    expect(pathOf(DEFAULT_TEMPLATE, said)).toContain('/Night Ferry (remastered)/');
  });

  it('knows every word', () => {
    const words = TEMPLATE_WORDS.filter((word) => !['disc', 'track', 'artist'].includes(word));
    const template = `${words
      .filter((word) => word !== 'title')
      .map((word) => `{${word}}`)
      .join(' ')}/{title}`;
    expect(pathOf(template)).toBe(
      'Ada Lund Night Ferry Remastered 2021 2021-03-04 Low Tide Jazz 0012345678905/Song.flac',
    );
    expect(pathOf('{album}/{artist}{title}', { artist: 'Various Artists' })).toBe(
      'Night Ferry/BenSong.flac',
    );
  });

  it('never takes a slash of a value for a folder', () => {
    expect(pathOf('{label}/{album}/{title}', { label: 'A/B', title: '../C' })).toBe(
      'A-B/-C/Song.flac'.replace('-C', albumFolder({ ...ALBUM, title: '../C' }, '{album}/{title}')),
    );
  });

  it.each([
    ['{album}/{titel}', 'unknown-word', 'titel'],
    ['{album/{title}', 'unbalanced', '{album/{title}'],
    ['{album}/<{title}', 'unbalanced', '<{title}'],
    ['{album}/{title}>', 'unbalanced', '>'],
    ['<<{year}>>{album}/{title}', 'unbalanced', '<{year}>>{album}/{title}'],
    ['{album}//{title}', 'empty-component', '{album}//{title}'],
    ['{album}/<{label}>/{title}', 'empty-component', '{album}//{title}'],
    ['{album}/{title}/', 'empty-component', '{album}/{title}/'],
    ['', 'empty-component', null],
    ['{title}', 'no-album', null],
    ['{albumArtist}/{title}', 'no-album', null],
    ['x<{album}>/{title}', 'no-album', null],
    ['Disc {disc}/{album}/{title}', 'no-album', null],
    ['{album}<{version}/>{disc}/{title}', 'no-album', null],
    ['{album}/{track}', 'no-title', '{track}'],
    ['{album}/x<{title}>', 'no-title', 'x'],
    ['{album}/{artist}/{title}', 'track-word-in-folder', 'artist'],
    ['/{album}/{title}', 'not-relative', '/{album}/{title}'],
    ['C:/{album}/{title}', 'not-relative', 'C:/{album}/{title}'],
    ['../{album}/{title}', 'not-relative', '../{album}/{title}'],
    ['{album}\\{title}', 'not-relative', '{album}\\{title}'],
  ] as const)('%j is refused: %s', (template, problem, at) => {
    expect(templateFault(template)).toEqual({ problem, at });
  });

  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...TEMPLATE_WORDS.map((word) => `{${word}}`)),
      fc.constantFrom('/', '/', '<', '>', ' - ', '..', '{album}', '{title}', 'Disc ', ':', '?'),
      anyText,
    ),
    { maxLength: 9 },
  );

  it('of any text is either refused with its reason or can be used', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const template = parts.join('');
        const parsed = parseTemplate(template);
        if ('problem' in parsed) return;
        expect(pathOf(template)?.split('/').flatMap(refusals)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names by any template', () => {
  const TEMPLATES = [
    ...Object.values(TEMPLATE_PRESETS),
    '{album}/{title}',
    '<{label}/>{albumArtist}/<{genre}/>{album}/<{disc}/>{title}',
    '{albumArtist}/{year}/{album}<, {version}>/CD {disc}/{albumArtist} - {album} - {title}',
  ];
  const name = fc.oneof(
    fc.constantFrom('A', 'a', 'A/B', 'B', 'A [2]', 'Disc 1', 'é', 'e\u0301', '', 'x'.repeat(300)),
    anyText,
  );
  const someAlbum = fc.record({
    title: name,
    version: fc.option(name),
    artist: name,
    label: fc.option(name),
    genres: fc.array(name, { maxLength: 1 }),
    releaseDate: fc.constantFrom(null, '2020', '2021-02-03'),
    discCount: fc.integer({ min: 1, max: 2 }),
  });
  const someTracks = fc.array(
    fc.record({
      title: name,
      artist: name,
      trackNumber: fc.integer({ min: 0, max: 2 }),
      discNumber: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 5 },
  );
  const purchaseOf = (index: number, patch: Partial<Album>): Purchase => {
    const id = albumId(String(index));
    const whole = { ...ALBUM, version: null, ...patch, id };
    const bought = { formatIds: [6], formatsKnown: true, downloadable: true };
    return { albumId: id, trackId: null, purchasedAt: index, ...bought, album: whole, track: null };
  };

  it('are safe, apart whatever the case, and no album lies in another’s folder', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(someAlbum, someTracks, fc.constantFrom(...TEMPLATES)), { maxLength: 8 }),
        (library) => {
          const purchases = library.map(([patch], index) => purchaseOf(index, patch));
          let placements: Placement[] = [];
          // The template changes with every purchase, as somebody might who cannot decide.
          for (const [index, [, , template]] of library.entries()) {
            const known = { rootId: ROOT, existing: placements, sides: SIDES };
            const bought = purchases.slice(0, index + 1);
            placements = [
              ...placements,
              ...assignPlacements({ ...known, template, purchases: bought }),
            ];
          }
          expect(placements).toHaveLength(library.length);
          const folders = placements.map(({ folder }) => `${pathKey(folder)}/`);
          for (const [index, folder] of folders.entries()) {
            const others = folders.filter((_, other) => other !== index);
            expect(others.some((other) => other.startsWith(folder))).toBe(false);
          }
          const paths = placements.flatMap((placement, index) => {
            const [, tracks] = library[index]!;
            const made = tracks.map((patch, at) => ({ ...TRACK, ...patch, id: trackId(at + 1) }));
            const detail = { album: purchases[index]!.album, tracks: made };
            const ofAlbum = [...trackPaths(detail, placement, () => 'flac').values()];
            expect(ofAlbum).toHaveLength(made.length);
            for (const path of ofAlbum) expect(path.startsWith(`${placement.folder}/`)).toBe(true);
            return ofAlbum;
          });
          expect(paths.flatMap((path) => path.split('/')).flatMap(refusals)).toEqual([]);
          expect(new Set(paths.map(pathKey)).size).toBe(paths.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('do not change for an album that has its placement', () => {
    const first = assignPlacements({
      rootId: ROOT,
      template: TEMPLATE_PRESETS.flat,
      sides: SIDES,
      existing: [],
      purchases: [purchaseOf(1, {})],
    });
    const later = assignPlacements({
      rootId: ROOT,
      template: DEFAULT_TEMPLATE,
      sides: SIDES,
      existing: first,
      purchases: [purchaseOf(1, {}), purchaseOf(2, { title: 'Other' })],
    });
    expect(first[0]).toMatchObject({ folder: 'Ada Lund - Night Ferry' });
    expect(later).toMatchObject([{ folder: 'Ada Lund/Other', template: DEFAULT_TEMPLATE }]);
  });
});
