import type { AlbumDetail, Credit, Track } from '../../src-preload/contract/catalogue.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';

/**
 * What a file's tags shall say: values by field name, names as Vorbis comments have them (upper case). A
 * field that is absent says nothing about what the file already carries: that is kept.
 */
export type TagSet = Readonly<Record<string, readonly string[]>>;

/** Fields that name the purchase a file came from, so that it can be recognised again (architecture §5). */
export const QOBUZ_TRACK_ID = 'QOBUZ_TRACK_ID';
const QOBUZ_ALBUM_ID = 'QOBUZ_ALBUM_ID';

/**
 * The tags of one track, all from the catalogue (tags §2, qobuz-api §4.7).
 *
 * @param options.replayGain false leaves out the service's loudness values.
 */
export function tagsOf(
  { album, tracks }: AlbumDetail,
  track: Track,
  { replayGain }: { readonly replayGain: boolean },
): TagSet {
  const onDisc = tracks.filter((other) => other.discNumber === track.discNumber);
  const isMultiDisc = album.discCount > 1 && onDisc.length > 0;
  const date = album.releaseDate;
  const fields: Record<string, readonly (string | null)[]> = {
    TITLE: [displayTitle(track)],
    ARTIST: artistsOf(track, album.artist),
    ALBUM: [displayAlbumTitle(album)],
    ALBUMARTIST: unique([album.artist, ...album.artists]),
    TRACKNUMBER: [String(track.trackNumber)],
    TRACKTOTAL: [String(isMultiDisc ? onDisc.length : album.trackCount)],
    DISCNUMBER: [String(track.discNumber)],
    DISCTOTAL: [String(Math.max(1, album.discCount))],
    DATE: [date],
    YEAR: [date === null ? null : date.slice(0, 4)],
    GENRE: album.genres,
    LABEL: [album.label],
    COMPOSER: composersOf(track),
    WORK: [track.work],
    PERFORMER: track.credits.map(creditLine),
    ISRC: [track.isrc],
    UPC: [album.upc],
    BARCODE: [album.upc],
    COPYRIGHT: [copyrightLine(track.copyright ?? album.copyright)],
    REPLAYGAIN_TRACK_GAIN: [
      !replayGain || track.replayGainDb === null ? null : `${track.replayGainDb.toFixed(2)} dB`,
    ],
    REPLAYGAIN_TRACK_PEAK: [
      !replayGain || track.replayPeak === null ? null : track.replayPeak.toFixed(6),
    ],
    ITUNESADVISORY: [track.explicit ? '1' : '0'],
    [QOBUZ_TRACK_ID]: [String(track.id)],
    [QOBUZ_ALBUM_ID]: [album.id],
  };
  const tags: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(fields)) {
    const said = values.map((value) => value?.trim() ?? '').filter((value) => value !== '');
    if (said.length > 0) tags[name] = said;
  }
  return tags;
}

const hasRole = (credit: Credit, ...roles: readonly string[]): boolean =>
  credit.roles.some((role) => roles.includes(role.replace(/[^a-z]/gi, '').toLowerCase()));

/**
 * Main and featured artists as separate values, the track's own first. Its own name is left out when it only
 * stands in for missing ones (the album's) or joins the others ("A & B").
 */
function artistsOf(track: Track, albumArtist: string): readonly string[] {
  const credited = track.credits
    .filter((credit) => hasRole(credit, 'mainartist', 'featuredartist'))
    .map((credit) => credit.name);
  const own = track.artist;
  const joins = credited.filter((name) => own.includes(name)).length > 1;
  const isListed = credited.some((name) => name.toLowerCase() === own.toLowerCase());
  if (credited.length > 0 && !isListed && (joins || own === albumArtist)) return unique(credited);
  return unique([own, ...credited]);
}

/** Composers as separate values; "Various Composers" is nobody (qobuz-api §4.7). */
function composersOf(track: Track): readonly string[] {
  const credited = track.credits
    .filter((credit) => hasRole(credit, 'composer', 'composerlyricist'))
    .map((credit) => credit.name);
  return unique([...track.composers, ...credited]).filter(
    (name) => name.toLowerCase() !== 'various composers',
  );
}

/** `Name (Role, Other Role)`, the form players show. */
function creditLine(credit: Credit): string {
  const roles = credit.roles.map((role) => role.replace(/([a-z])([A-Z])/g, '$1 $2'));
  return roles.length === 0 ? credit.name : `${credit.name} (${roles.join(', ')})`;
}

const copyrightLine = (text: string | null): string | null =>
  text === null ? null : text.replace(/\(p\)/gi, '℗').replace(/\(c\)/gi, '©');

/** Without repetitions that differ only in case. */
function unique(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.trim().toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
