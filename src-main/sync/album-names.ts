import type { Album } from '../../src-preload/contract/catalogue.ts';
import { foldAlbum, foldName, foldTitle } from './adoption/normalise.ts';

/**
 * A name by which two editions of one album are known: remastered, deluxe and the like are the same album; another
 * disc, another volume and a live recording are another.
 */
export function albumName({ artist, title, version }: Album): string {
  const { name, edition, disc } = foldAlbum(title, version);
  const isSameMusic = foldTitle(title, version).version === '' && !/^\d*$/.test(edition);
  return [foldName(artist), name, disc ?? '', isSameMusic ? '' : edition].join('\n');
}
