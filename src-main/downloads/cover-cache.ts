import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Album } from '../../src-preload/contract/catalogue.ts';
import { coverAddress } from '../audio/covers.ts';
import { asCratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { HttpClient } from '../net/http.ts';
import { fetchSideFile } from './side-file.ts';

/** Covers of 600 pixels weigh about 100 KB: the cache holds the covers of some 2,500 albums. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The bounded disk cache of 600-pixel covers, for the window and for embedding (architecture §9). */
export interface CoverCache {
  /** The cached cover's absolute path, fetched when needed; null where there is none to be had. */
  file(album: Pick<Album, 'id' | 'coverUrl'>, signal?: AbortSignal): Promise<string | null>;
}

/** A cache in `folder`, which is created; the least recently written covers go first when it is full. */
export function createCoverCache(options: {
  readonly fs: FileSystem;
  readonly http: HttpClient;
  readonly folder: string;
  readonly onFault: (reason: string) => void;
}): CoverCache {
  const { fs, http, folder } = options;
  const underWay = new Map<string, Promise<string | null>>();

  const fetchCover = async (path: string, url: string, signal?: AbortSignal) => {
    await fs.mkdir(folder, { recursive: true });
    const partial = `${path}.part`;
    try {
      await fetchSideFile({ fs, http }, { url, kind: 'cover', path: partial, signal });
      await fs.rename(partial, path);
      await trim(fs, folder);
      return path;
    } catch (error) {
      // A cover never fails its track (architecture §4); the next request asks again.
      options.onFault(asCratefulError(error).code);
      await fs.rm(partial, { force: true });
      return null;
    }
  };

  return {
    async file(album, signal) {
      if (!album.coverUrl) return null;
      const url = coverAddress(album.coverUrl, '600');
      // The address is part of the name, so that a new cover of the same album is a new entry.
      const name = createHash('sha256').update(`${album.id} ${url}`).digest('hex').slice(0, 32);
      const path = join(folder, `${name}.jpg`);
      const cached = await fs.stat(path).then(
        (stats) => stats.size > 0,
        () => false,
      );
      if (cached) return path;
      const pending = underWay.get(path);
      if (pending) return pending;
      const fetching = fetchCover(path, url, signal).finally(() => underWay.delete(path));
      underWay.set(path, fetching);
      return fetching;
    },
  };
}

async function trim(fs: FileSystem, folder: string): Promise<void> {
  const names = await fs.readdir(folder);
  const entries = [];
  for (const name of names) {
    const path = join(folder, name);
    const stats = await fs.stat(path).catch(() => null);
    if (stats) entries.push({ path, bytes: stats.size, modifiedMs: stats.mtimeMs });
  }
  let total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  entries.sort((a, b) => a.modifiedMs - b.modifiedMs);
  for (const entry of entries) {
    if (total <= MOST_BYTES) return;
    await fs.rm(entry.path, { force: true });
    total -= entry.bytes;
  }
}
