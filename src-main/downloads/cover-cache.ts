import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Album } from '../../src-preload/contract/catalogue.ts';
import { type CoverSize, coverAddress } from '../audio/covers.ts';
import { asCratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock } from '../ports.ts';
import type { Bandwidth } from './bandwidth.ts';
import { newestFirst } from './newest-first.ts';
import { type Recency, readRecency } from './recency.ts';
import { fetchSideFile } from './side-file.ts';

/** 600 pixels weigh about 100 KB, 230 pixels 15 KB: 10,000 small covers and 1,000 large ones fit. */
const MOST_BYTES = 256 * 1024 * 1024;
/** A use is noted on the disk when the last note is this old: the order need not be exact across starts. */
const NOTE_USE_AFTER_MS = 24 * 3600 * 1000;
/** Covers a window fetches at once, and how many more may wait: more than two screens of them went by. */
const SHOWN = { atOnce: 6, waiting: 120 } as const;

/** Sizes a window asks for: for grid and table, and for an album's page. */
export const COVER_SIZES = { small: '230', large: '600' } as const satisfies Record<
  string,
  CoverSize
>;
/** One of {@link COVER_SIZES}. */
export type CoverSizeName = keyof typeof COVER_SIZES;

type Covered = Pick<Album, 'id' | 'coverUrl'>;

/** The bounded disk cache of covers, for the window and for embedding (architecture §9). */
export interface CoverCache {
  /** The 600-pixel cover's absolute path, fetched when needed; null where there is none to be had. */
  file(album: Covered, signal?: AbortSignal): Promise<string | null>;
  /** The same for a window, few at once; null also for one that went by long before its turn. */
  shown(album: Covered, size: CoverSizeName): Promise<string | null>;
}

/** A cache in `folder`, which is created; the least recently used covers go first when it is full. */
export function createCoverCache(options: {
  readonly fs: FileSystem;
  readonly http: HttpClient;
  readonly bandwidth: Bandwidth;
  readonly clock: Pick<Clock, 'now'>;
  readonly folder: string;
  readonly onFault: (reason: string) => void;
  /** {@link MOST_BYTES} unless told otherwise. */
  readonly mostBytes?: number;
}): CoverCache {
  const { fs, http, bandwidth, clock, folder, mostBytes = MOST_BYTES } = options;
  const underWay = new Map<string, Promise<string | null>>();
  const line = newestFirst(SHOWN);
  let recency: Promise<Recency> | null = null;

  const noteUse = async (path: string) => {
    const seconds = clock.now() / 1000;
    await fs.utimes(path, seconds, seconds).catch(() => undefined);
  };

  const fetchCover = async (name: string, url: string, signal?: AbortSignal) => {
    const path = join(folder, name);
    const partial = `${path}.part`;
    try {
      await fs.mkdir(folder, { recursive: true });
      const bytes = await fetchSideFile(
        { fs, http, bandwidth },
        { url, kind: 'cover', path: partial, signal },
      );
      await fs.rename(partial, path);
      await noteUse(path);
      recency ??= readRecency(fs, folder);
      const order = await recency;
      order.used(name, bytes);
      for (const old of order.overflow(mostBytes)) await fs.rm(join(folder, old), { force: true });
      return path;
    } catch (error) {
      // A cover never fails its track (architecture §4); the next request asks again.
      options.onFault(asCratefulError(error).code);
      await fs.rm(partial, { force: true });
      return null;
    }
  };

  /** The path of a cover that is there; its use counts. */
  const cached = async (name: string) => {
    const path = join(folder, name);
    const stats = await fs.stat(path).catch(() => null);
    if (!stats || stats.size === 0) return null;
    if (clock.now() - stats.mtimeMs > NOTE_USE_AFTER_MS) await noteUse(path);
    (await recency)?.used(name, stats.size);
    return path;
  };

  const once = (name: string, work: () => Promise<string | null>) => {
    const fetching = underWay.get(name) ?? work().finally(() => underWay.delete(name));
    underWay.set(name, fetching);
    return fetching;
  };

  const find = async (
    album: Covered,
    size: CoverSize,
    fetch: (name: string, url: string) => Promise<string | null>,
  ) => {
    if (!album.coverUrl) return null;
    const url = coverAddress(album.coverUrl, size);
    // The address is part of the name, so that a new cover of the same album is a new entry.
    const name = `${createHash('sha256').update(`${album.id} ${url}`).digest('hex').slice(0, 32)}.jpg`;
    return (await cached(name)) ?? fetch(name, url);
  };

  return {
    file: (album, signal) =>
      find(album, '600', (name, url) => once(name, () => fetchCover(name, url, signal))),
    shown: (album, size) =>
      find(album, COVER_SIZES[size], (name, url) =>
        line.run(() => once(name, () => fetchCover(name, url))),
      ),
  };
}
