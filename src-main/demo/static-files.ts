import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DemoCatalogue } from './catalogue.ts';
import { html, type StoreAnswer } from './http-messages.ts';

const notFound = (): StoreAnswer => html('<h1>404 Not Found</h1>', 404);

async function fileAnswer(file: string, contentType: string): Promise<StoreAnswer> {
  try {
    return {
      status: 200,
      headers: { 'content-type': contentType },
      body: await readFile(file),
    };
  } catch {
    // Not every album has every size (qobuz-api §4.8): what is not there is a plain 404.
    return notFound();
  }
}

/** Serves covers (`…/<album id>_<size>.jpg`) and goodies from the assets folder; 404 for all else. */
export async function answerStatic(
  pathname: string,
  assetsFolder: string,
  catalogue: DemoCatalogue,
): Promise<StoreAnswer> {
  const cover = /^\/images\/covers\/\w{1,2}\/\w{0,2}\/(\w+)_(50|230|600|max)\.jpg$/.exec(pathname);
  if (cover) {
    const stem = catalogue.albums.get(cover[1] ?? '')?.cover;
    if (!stem) return notFound();
    return fileAnswer(path.join(assetsFolder, 'covers', `${stem}_${cover[2]}.jpg`), 'image/jpeg');
  }
  const goodie = /^\/goodies\/\d{1,2}\/([\w-]+\.pdf)$/.exec(pathname);
  if (goodie?.[1]) {
    return fileAnswer(path.join(assetsFolder, 'goodies', goodie[1]), 'application/pdf');
  }
  return notFound();
}
