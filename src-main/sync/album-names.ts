import type { Album } from '../../src-preload/contract/catalogue.ts';

/** Words by which a shop tells one edition of an album from another; what they stand in names no other music. */
const EDITION =
  /\b(?:remaster(?:ed|s|ing)?|deluxe|expanded|anniversary|special|collector'?s?|bonus|edition|version|reissue|mono|stereo|hi-?res)\b/;

/**
 * A name by which two editions of one album are known: without case, accents, a leading article, and what in brackets
 * or behind a dash names the edition.
 */
export function albumName({ artist, title, version }: Album): string {
  const whole = version === null ? title : `${title} (${version})`;
  const kept = fold(whole)
    .replace(/[([]([^()[\]]*)[)\]]/g, (all, inside: string) => (EDITION.test(inside) ? ' ' : all))
    .replace(/\s[-–—:]\s([^-–—:]*)$/, (all, tail: string) => (EDITION.test(tail) ? '' : all));
  return `${letters(fold(artist))}\n${letters(kept)}`;
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const letters = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '');
