import type { Album, Track } from './catalogue.ts';

/** Letters and digits only, without case: "Op. 27 No. 2" and "op 27, no 2" are the same words. */
const words = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** Whether the words of `part` already stand in `whole`, as whole words; a part without any does. */
const says = (whole: string, part: string): boolean =>
  words(part) === '' || ` ${words(whole)} `.includes(` ${words(part)} `);

/** A title and its version apart; the version is empty when the title already says it. */
export function titleParts(named: { readonly title: string; readonly version: string | null }): {
  readonly title: string;
  readonly version: string;
} {
  const title = named.title.trim();
  const version = named.version?.trim() ?? '';
  return { title, version: says(title, version) ? '' : version };
}

/** `title (version)`, unless the title already says the version. */
function withVersion(named: { readonly title: string; readonly version: string | null }): string {
  const { title, version } = titleParts(named);
  return version === '' ? title : `${title} (${version})`;
}

/**
 * A track's title as people know it: with its version, and `work: title` for a classical movement whose
 * title lacks its work (qobuz-api §4.7). File names and tags use the same one.
 */
export function displayTitle(track: Pick<Track, 'title' | 'version' | 'work'>): string {
  const title = withVersion(track);
  const work = track.work?.trim() ?? '';
  return says(title, work) ? title : `${work}: ${title}`;
}

/** An album's title with its version, which keeps two editions apart (qobuz-api §4.7). */
export function displayAlbumTitle(album: Pick<Album, 'title' | 'version'>): string {
  return withVersion(album);
}
