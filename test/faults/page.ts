import { readFile, writeFile } from 'node:fs/promises';

const PAGE = new URL('../../docs/reliability.md', import.meta.url);
const BEGIN = '<!-- figures: written by npm run faults -- --write -->';
const END = '<!-- end of figures -->';

/** Puts the figures of a run between the marks of docs/reliability.md. Throws when the page has no marks. */
export async function writeFigures(figures: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/reliability.md has no place for figures.');
  const before = page.slice(0, begin + BEGIN.length);
  await writeFile(PAGE, `${before}\n\n${figures}\n\n${page.slice(end)}`);
}
