import type {
  CatalogueData,
  StoreAlbum,
  StorePurchase,
  StoreTrack,
} from '../../../src-main/demo/catalogue.ts';
import { bigLibrary } from '../../support/big-library.ts';
import { refusals } from '../../unit/files/name-rules.ts';
import { type Fault, healed } from '../fault.ts';
import type { World } from '../world.ts';

/** Names of one kind that file systems trip over; every one becomes an artist, an album and a track. */
interface Tricky {
  readonly kind: string;
  readonly names: readonly string[];
}

const TRICKY: readonly Tricky[] = [
  {
    kind: 'names Windows keeps for itself',
    names: ['CON', 'AUX.flac', 'nul', 'COM1', 'LPT³', 'CONOUT$', 'prn.txt'],
  },
  { kind: 'dots and spaces at the ends', names: ['dot.', 'space ', ' both .', '...', '.hidden'] },
  {
    kind: 'characters no name may have',
    names: ['a/b', 'a\\b', 'a:b', 'a*b', 'a?b', 'a"b', 'a<b', 'a>b', 'a|b', 'a\0b', 'a\nb'],
  },
  {
    kind: '255 bytes and more',
    names: [
      '夜'.repeat(85),
      '夜'.repeat(200),
      '👨‍👩‍👧'.repeat(40),
      'x'.repeat(400),
      `a${'\u0334'.repeat(200)}`,
    ],
  },
  {
    kind: 'NFC and NFD twins',
    names: ['Café', 'Cafe\u0301', 'Å', 'A\u030a', '한', '\u1112\u1161\u11ab'],
  },
  {
    kind: 'twins but for their case',
    names: ['Twin', 'TWIN', 'twin', 'Straße', 'STRASSE', 'İ', 'i̇'],
  },
  {
    kind: 'ways out of the folder',
    names: ['..', '.', '../..', '../../etc/passwd', '~', '/', '\\\\host\\share'],
  },
  { kind: 'nothing', names: ['', ' ', '\u200b', '\u00ad'] },
  {
    kind: 'marks of direction',
    names: ['\u202eabc', 'a\u200fb', '\u2066x\u2069', 'שלום \u200f(live)'],
  },
];

/** Two albums of two tracks a name: as artist and album, and as the tracks' titles beside another. */
function named(names: readonly string[]): CatalogueData {
  const { albums, purchases } = bigLibrary({ albums: names.length, singles: 0, tracksPerAlbum: 3 });
  return {
    oddRows: [],
    purchases,
    albums: albums.map((album, at) => {
      const name = names[at] ?? '';
      const artist = { id: 900_000 + at, name };
      return {
        ...album,
        title: name,
        artist,
        artists: [artist],
        tracks: album.tracks.map((track, place) => ({
          ...track,
          title: names[(at + place) % names.length] ?? '',
          performer: artist,
          // Numbers that agree make the titles the only difference between two of them.
          trackNumber: place < 2 ? 1 : track.trackNumber,
        })),
      };
    }),
  };
}

/** One artist and title in two editions, and two discs that number their tracks alike. */
function editions(): CatalogueData {
  const { albums, purchases } = bigLibrary({ albums: 4, singles: 0, tracksPerAlbum: 4 });
  const [first] = albums;
  if (!first) throw new Error('no album was made');
  const alike = (album: StoreAlbum, at: number): StoreAlbum => ({
    ...album,
    title: 'The Same',
    version: at === 3 ? 'Remastered' : null,
    artist: first.artist,
    artists: first.artists,
    tracks: album.tracks.map(
      (track, place): StoreTrack => ({
        ...track,
        title: 'Untitled',
        discNumber: 1 + Math.floor(place / 2),
        trackNumber: 1 + (place % 2),
      }),
    ),
  });
  return { oddRows: [], albums: albums.map(alike), purchases: purchases as StorePurchase[] };
}

/** What is wrong with the paths of a library, for any of four file systems. */
async function wrongPaths({ engine }: World): Promise<string[]> {
  const paths = (await engine.tree()).filter((path) => /\.(flac|mp3|dsf)$/.test(path));
  const folded = paths.map((path) => path.normalize('NFD').toLowerCase().normalize('NFC'));
  const twins = folded.length - new Set(folded).size;
  const bad = [...new Set(paths.flatMap((path) => path.split('/')))].flatMap((name) =>
    refusals(name).map((why) => `${JSON.stringify(name)}: ${why}`),
  );
  return twins === 0 ? bad : [`${twins} paths are another's on some file system`, ...bad];
}

const sold = (kind: string, catalogue: CatalogueData): Fault => ({
  group: 'names',
  name: kind,
  where: 'artist, album and tracks',
  expected: healed,
  costsNothingTwice: true,
  setting: () => ({ catalogue }),
  strike: () => ({
    hits: () => catalogue.albums.reduce((sum, { tracks }) => sum + tracks.length, 0),
    mend: () => undefined,
  }),
  alsoWrong: wrongPaths,
});

/** Names of the fault catalogue (traps §3), synced for real. */
export const namesCatalogue: readonly Fault[] = [
  ...TRICKY.map(({ kind, names }) => sold(kind, named(names))),
  sold('two editions of one album, two discs numbered alike', editions()),
];
