import type { TrackView } from '../../../src-preload/contract/album-view.ts';
import type { Credit } from '../../../src-preload/contract/catalogue.ts';

/** The tracks of one disc. */
export interface Disc {
  readonly disc: number;
  readonly tracks: readonly TrackView[];
}

/** Tracks by disc, discs and tracks in the order of their numbers. */
export function discsOf(tracks: readonly TrackView[]): readonly Disc[] {
  const discs = new Map<number, TrackView[]>();
  for (const track of tracks) {
    const disc = discs.get(track.discNumber);
    if (disc === undefined) discs.set(track.discNumber, [track]);
    else disc.push(track);
  }
  return [...discs]
    .sort(([a], [b]) => a - b)
    .map(([disc, listed]) => ({
      disc,
      tracks: listed.sort((a, b) => a.trackNumber - b.trackNumber),
    }));
}

/** Roles that name who is heard, as the service writes them; the others made the recording. */
const HEARD = /artist|performer|vocal|orchestra|conductor|ensemble|soloist|choir|band|featured/i;

/** How many names stand on a track's line. */
const FEW = 3;

/**
 * Who is heard on a track, in a line: its artist and up to two others of its credits; null when that is the album's
 * artist alone, which stands above already.
 */
export function performersLine(
  track: { readonly artist: string; readonly performers: readonly Credit[] },
  albumArtist: string,
): string | null {
  const heard = track.performers
    .filter(({ roles }) => roles.some((role) => HEARD.test(role)))
    .map(({ name }) => name);
  const names = [...new Set([track.artist, ...heard])].filter((name) => name !== '');
  if (names.length === 1 && names[0] === albumArtist) return null;
  const shown = names.slice(0, FEW).join(', ');
  return names.length > FEW ? `${shown} …` : shown;
}

/** A role in words: the service writes `AssociatedPerformer`, which says "Associated performer". */
export const roleWords = (role: string): string => {
  const words = role.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
