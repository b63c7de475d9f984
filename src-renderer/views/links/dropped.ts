import { hasQobuzLink } from './qobuz-text.ts';

/** The longest text that is looked through; more is no list of links. */
export const MOST_TEXT = 100_000;
/** Files that hold a link or a list of links, by their ending. */
const LINK_FILES = /\.(url|webloc|txt|html?|csv|md|m3u8?)$/i;

/** What was dropped on the window: text to look through, or files that hold none. */
export type Dropped =
  | { readonly text: string }
  | { readonly files: readonly string[] }
  | { readonly nothing: true };

/** The part of a drop's data that is looked at. */
export interface DropData {
  getData(type: string): string;
  readonly files: Iterable<{
    readonly name: string;
    readonly size: number;
    text(): Promise<string>;
  }>;
}

/** Whether something that is dragged may hold a link, as far as can be seen before it is dropped. */
export const mayHoldLinks = (types: readonly string[]): boolean =>
  ['text/uri-list', 'text/plain', 'text/html', 'Files'].some((type) => types.includes(type));

/**
 * Reads a drop. Must be called while the drop is handled: its data is gone afterwards. The same link often comes
 * as address and as text, so only one of them is taken.
 */
export async function readDrop(data: DropData): Promise<Dropped> {
  const plain = data.getData('text/plain').trim();
  const addresses = data
    .getData('text/uri-list')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('file:'))
    .join('\n');
  const files = [...data.files];
  const text = hasQobuzLink(plain) ? plain : addresses || plain;
  if (files.length === 0) {
    return text === '' ? { nothing: true } : { text: text.slice(0, MOST_TEXT) };
  }
  const read = await Promise.all(
    files.map((file) =>
      LINK_FILES.test(file.name) && file.size <= MOST_TEXT ? file.text() : Promise.resolve(''),
    ),
  );
  const found = [text, ...read].filter(hasQobuzLink).join('\n').slice(0, MOST_TEXT);
  return found === '' ? { files: files.map(({ name }) => name) } : { text: found };
}
