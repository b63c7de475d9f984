import { plain } from '../settings/use-setting-search.ts';

/** Whether each word of a query begins a word of the text: of one letter, not half of everything is found. */
export function beginsWords(query: string, text: string): boolean {
  const words = plain(text).split(/[^\p{L}\p{N}]+/u);
  return plain(query.trim())
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
