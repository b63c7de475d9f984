import { join } from 'node:path';
import pMap from 'p-map';
import type { AlbumView } from '../../src-preload/contract/album-view.ts';
import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import { type FormatId, formatInfo } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId, RootId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Refusal } from '../../src-preload/contract/library.ts';
import type { JobView, RootView } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { bookletPath } from '../files/layout.ts';
import { isRootThere } from '../files/root.ts';
import type { FileProblem } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import type { AlbumLists } from './album-lists.ts';
import type { Overrides } from './overrides.ts';
import { detailFromPurchases, type OwnedAlbum } from './ownership.ts';
import { viewTracks } from './track-views.ts';

/** What an album's page is made from. */
export interface AlbumPageParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'files' | 'placements' | 'refusals' | 'decisions'>;
  readonly lists: AlbumLists;
  readonly overrides: Overrides;
  readonly clock: Pick<Clock, 'now'>;
}

/** Whose page of which album, and where its files are. */
export interface AlbumPageRequest {
  readonly accountId: AccountId;
  readonly owned: OwnedAlbum;
  readonly root: RootView | null;
  /** Of this album. */
  readonly jobs: readonly JobView[];
}

/** Formats from best to least; DSD stands before all others, as in the shop. */
const BEST_FIRST: readonly FormatId[] = [56, 55, 27, 7, 6, 5];
/** What is tried for a purchase whose row names no formats (qobuz-api §5.4). */
const LADDER: readonly FormatId[] = [27, 7, 6, 5];
/** Files looked for at the same time. */
const LOOKS_AT_ONCE = 16;

/**
 * An album's page: its owned tracks and booklets with what is on disk. The track list comes from the cache, else from
 * the service, else from the purchase and the files that are there.
 *
 * Throws what asking for the list throws when nothing is known of the album's tracks.
 */
export async function albumPage(
  parts: AlbumPageParts,
  request: AlbumPageRequest,
): Promise<AlbumView> {
  const { library, overrides } = parts;
  const { owned, root } = request;
  const { albumId } = owned;
  const rootId = root?.id ?? null;
  const rows = rootId ? await library.files.byAlbum(rootId, albumId) : [];
  const detail = await detailOf(parts, owned, rows.length > 0);
  const folder = rootId ? await library.placements.folder(rootId, albumId) : null;
  const findings = rootId ? await library.files.findings(rootId) : new Map<string, FileProblem>();
  const booklets = detail.album.goodies.map((goodie, index) => ({
    name: goodie.name,
    path: folder === null ? null : bookletPath(folder, detail.album, index),
  }));
  const paths = [...rows, ...booklets].flatMap(({ path }) => path ?? []);
  const there = root?.state === 'ready' ? await whichAreThere(parts.fs, root.path, paths) : null;
  const tracks = viewTracks(owned, detail, {
    rows,
    there,
    damaged: new Set(findings.keys()),
    jobs: request.jobs,
    leftOut: rootId ? await leftOutOf(parts, rootId, albumId) : new Set<TrackId>(),
    refusals: await refusalsOf(parts, request.accountId),
    nowMs: parts.clock.now(),
  });
  const { album } = detail;
  return {
    id: albumId,
    releaseDate: album.releaseDate,
    genres: album.genres,
    upc: album.upc,
    copyright: album.copyright,
    discCount: Math.max(album.discCount, ...tracks.map((track) => track.discNumber)),
    durationSeconds:
      tracks.reduce((sum, track) => sum + track.durationSeconds, 0) || album.durationSeconds,
    entitledFormatIds: entitledFormats(owned),
    chosenFormatId: overrides.of(albumId).formatId,
    folder,
    tracks,
    booklets: booklets.map(({ name, path }, index) => ({
      index,
      name,
      onDisk: path !== null && there?.has(path) === true,
    })),
  };
}

/** The formats that may be fetched of an album, best first; only those Crateful can prove. */
export function entitledFormats({ whole, singles }: OwnedAlbum): readonly FormatId[] {
  const rows = [...(whole ? [whole] : []), ...singles.values()].filter((row) => row.downloadable);
  const have = new Set(rows.flatMap((row) => (row.formatsKnown ? row.formatIds : LADDER)));
  return BEST_FIRST.filter((id) => have.has(id) && formatInfo(id) !== undefined);
}

async function detailOf(
  { lists }: AlbumPageParts,
  owned: OwnedAlbum,
  hasFiles: boolean,
): Promise<AlbumDetail> {
  const signal = new AbortController().signal;
  try {
    return (await lists.of(owned, { priority: 'user', signal })).detail;
  } catch (error) {
    // Without the service, what is known has to do: an older list, the purchase, the files.
    const known = await lists.known(owned.albumId, owned);
    if (known && known.tracks.length > 0) return known;
    if (hasFiles) return detailFromPurchases(owned);
    throw asCratefulError(error);
  }
}

/** Null when the drive went away unnoticed so far: then nothing is known of any file. */
async function whichAreThere(
  fs: FileSystem,
  rootPath: string,
  paths: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const found = await pMap(
    paths,
    async (path) => {
      const stats = await fs.stat(join(rootPath, path)).catch(() => null);
      return stats?.isFile() ? [path] : [];
    },
    { concurrency: LOOKS_AT_ONCE },
  );
  const there = new Set(found.flat());
  return there.size === paths.length || (await isRootThere(fs, rootPath)) ? there : null;
}

async function leftOutOf(
  { library }: AlbumPageParts,
  rootId: RootId,
  albumId: AlbumId,
): Promise<ReadonlySet<TrackId>> {
  const decided = await library.decisions.list(rootId);
  const out = decided.filter((each) => each.albumId === albumId && each.decision === 'left-out');
  return new Set(out.map(({ trackId }) => trackId));
}

async function refusalsOf(
  { library }: AlbumPageParts,
  accountId: AccountId,
): Promise<ReadonlyMap<TrackId, Refusal>> {
  const refusals = await library.refusals.list(accountId);
  return new Map(refusals.map((refusal) => [refusal.trackId, refusal]));
}

/** Throws `INVALID_REQUEST` for an album of which nothing is owned. */
export function requireOwned(owned: OwnedAlbum | null, albumId: AlbumId): OwnedAlbum {
  if (owned) return owned;
  throw new CratefulError('INVALID_REQUEST', { reason: 'not owned', albumId });
}
