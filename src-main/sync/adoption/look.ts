import { isAbsolute, join, relative, sep } from 'node:path';
import pMap from 'p-map';
import type { AdoptionView } from '../../../src-preload/contract/adoption.ts';
import type { AccountId, AlbumId } from '../../../src-preload/contract/ids.ts';
import { CratefulError } from '../../errors.ts';
import { type FileSystem, ifThere } from '../../files/file-system.ts';
import { pathKey } from '../../files/names.ts';
import type { ScanEntry } from '../../files/scan.ts';
import type { Library } from '../../library/library.ts';
import type { RootRow } from '../../library/roots.ts';
import { entitlementOf } from '../ownership.ts';
import { type FindParts, type FoundMusic, findMusic } from './find-files.ts';
import { indexGoods } from './goods.ts';
import { matchFiles } from './match.ts';
import { type ListedAlbum, type OwnListParts, ownLists } from './own-lists.ts';
import { betterFormat } from './quality.ts';
import type { ReviewItem } from './review.ts';

/** What a look works with. */
export interface LookParts extends FindParts, OwnListParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'albums' | 'files' | 'purchases'>;
}

/** Where is looked, and for whom. */
export interface LookRequest {
  readonly accountId: AccountId;
  /** The root in use; null while there is none. */
  readonly root: RootRow | null;
  /** Absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (
    state: 'scanning' | 'comparing',
    done: number,
    total: number | null,
  ) => void;
}

/** What a look found. */
export interface Looked {
  readonly items: readonly ReviewItem[];
  readonly albums: ReadonlyMap<AlbumId, ListedAlbum>;
  readonly others: readonly ScanEntry[];
  readonly facts: Pick<
    AdoptionView,
    'place' | 'otherKinds' | 'known' | 'passedOver' | 'albumsNotCompared'
  >;
  /** Links followed: what paths are compared by. */
  readonly realFolder: string;
  readonly realRoot: string | null;
}

/** Rows whose files are looked for at once. */
const STATS_AT_ONCE = 16;

/**
 * Looks through a folder and says what of it is owned; nothing is written.
 *
 * Throws `FOLDER_MISSING`, `PATH_NOT_WRITABLE`, `DISK_FAILED` and the signal's reason.
 */
export async function look(parts: LookParts, request: LookRequest): Promise<Looked> {
  const { fs, library } = parts;
  const { root, signal, accountId } = request;
  const realFolder = await ifThere(fs.realpath(request.folder));
  if (realFolder === null) throw new CratefulError('FOLDER_MISSING', { path: request.folder });
  const realRoot = root && ((await ifThere(fs.realpath(root.path))) ?? root.path);
  const rows = root ? await library.files.glances(root.id) : [];
  const keys = new Set(rows.map(({ path }) => pathKey(path)));
  const inRoot = (path: string): string | null =>
    realRoot === null ? null : wayInto(realRoot, join(realFolder, path));
  const found = await findMusic(parts, {
    folder: realFolder,
    isKnown(path) {
      const own = inRoot(path);
      return own !== null && keys.has(pathKey(own));
    },
    signal,
    onProgress: (done, total) => request.onProgress('scanning', done, total),
  });
  const files = found.files.map(({ entry, facts }) => ({ path: entry.path, facts }));
  const { lists, notCompared } = await ownLists(parts, {
    accountId,
    rootId: root?.id ?? null,
    files,
    signal,
    onProgress: (done, total) => request.onProgress('comparing', done, total),
  });
  const there = new Set<string>();
  const tracks = rows.filter(({ trackId }) => trackId !== null);
  await pMap(
    realRoot === null ? [] : tracks,
    async ({ albumId, trackId, path }) => {
      const stats = await ifThere(fs.stat(join(realRoot ?? '', path))).catch(() => null);
      if (stats?.isFile()) there.add(`${albumId}/${trackId}`);
    },
    { concurrency: STATS_AT_ONCE, signal },
  );
  const matches = matchFiles({
    files,
    goods: indexGoods(lists),
    there: ({ good, track }) => there.has(`${good.albumId}/${track.id}`),
  });
  const albums = new Map(lists.map((each) => [each.album.albumId, each]));
  return {
    items: itemsOf(matches, found, albums),
    albums,
    others: found.others,
    facts: {
      place: placeOf(realRoot, realFolder),
      otherKinds: found.otherKinds,
      known: found.known,
      passedOver: found.passedOver,
      albumsNotCompared: notCompared,
    },
    realFolder,
    realRoot,
  };
}

function itemsOf(
  matches: ReturnType<typeof matchFiles>,
  { files }: FoundMusic,
  albums: Looked['albums'],
): ReviewItem[] {
  const entries = new Map(files.map(({ entry }) => [entry.path, entry]));
  return matches.flatMap((match, id): ReviewItem[] => {
    const entry = entries.get(match.file.path);
    if (!entry) return [];
    const { to } = match;
    const listed = to && albums.get(to.good.albumId);
    const entitlement = to && listed ? entitlementOf(listed.album, to.track.id) : null;
    const formats = entitlement?.known && entitlement.downloadable ? entitlement.formatIds : null;
    const better = listed ? betterFormat(match.file.facts, formats, listed.detail.album) : null;
    return [{ id, entry, match, better }];
  });
}

/** How a folder lies to the library's. */
function placeOf(root: string | null, folder: string): AdoptionView['place'] {
  if (root === null) return 'none';
  if (root === folder) return 'library';
  return wayInto(root, folder) === null ? 'outside' : 'inside';
}

/** The way from a folder to something in it, with `/`; null where that lies elsewhere. */
function wayInto(folder: string, path: string): string | null {
  const way = relative(folder, path);
  const isIn = way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isIn ? way.split(sep).join('/') : null;
}
