import type { AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import { pathKey } from './names.ts';

/** How stores call a compilation's artist, in the languages Qobuz sells in and their neighbours. */
const KNOWN_FORMS = [
  'Various Artists',
  'Various Artist',
  'Various',
  'Various Performers',
  'VA',
  'Verschiedene Interpreten',
  'Verschiedene Künstler',
  'Diverse Interpreten',
  'Diverse Künstler',
  'Artistes divers',
  'Artistes variés',
  'Divers artistes',
  'Interprètes divers',
  'Interprètes variés',
  'Multi-interprètes',
  'Multi-artistes',
  'Varios Artistas',
  'Varios Intérpretes',
  'Artistas Varios',
  'Vários Artistas',
  'Vários Intérpretes',
  'Artisti Vari',
  'Vari Artisti',
  'Interpreti Vari',
  'AAVV',
  'Diverse artiesten',
  'Verschillende artiesten',
  'Diverse artister',
  'Diverse kunstnere',
  'Blandade artister',
  'Eri esittäjiä',
  'Różni wykonawcy',
  'Różni artyści',
  'Různí interpreti',
  'Разные исполнители',
  'ヴァリアス・アーティスト',
  'オムニバス',
];

/** Letters only, folded, without accents: `V. A.`, `V/A` and `va` are one form. */
const letters = (name: string): string =>
  pathKey(name)
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '');

const KNOWN = new Set(KNOWN_FORMS.map(letters));
const CLASSICAL_GENRE = /classi[cq]|klassi|cl[aá]sic/i;

/** Whether a name is one of the known forms of "Various Artists". */
export const isVariousArtistsName = (name: string): boolean => KNOWN.has(letters(name));

/**
 * Whether a track's file name should name its artist (names-and-layout §2): the album artist is a known form of
 * "Various Artists", or there are two or more performers and none of them is an album artist. Albums of
 * classical works are excepted: there the performers change from movement to movement.
 */
export function namesTrackArtists({ album, tracks }: AlbumDetail): boolean {
  if (isClassical(album.genres, tracks)) return false;
  if (isVariousArtistsName(album.artist)) return true;
  const albumArtists = new Set([album.artist, ...album.artists].map(pathKey));
  const performers = new Set(tracks.map((track) => pathKey(track.artist)));
  return performers.size > 1 && [...performers].every((performer) => !albumArtists.has(performer));
}

/** At least half of the tracks belong to a work, or credit a composer under a classical genre. */
function isClassical(genres: readonly string[], tracks: readonly Track[]): boolean {
  const genre = genres.some((name) => CLASSICAL_GENRE.test(name));
  const works = tracks.filter(
    (track) => track.work !== null || (genre && track.composers.length > 0),
  );
  return works.length > 0 && works.length * 2 >= tracks.length;
}
