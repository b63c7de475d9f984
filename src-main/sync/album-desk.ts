import { join } from 'node:path';
import type { AlbumView } from '../../src-preload/contract/album-view.ts';
import type { Album } from '../../src-preload/contract/catalogue.ts';
import type { AccountId, AlbumId, JobId, TrackId } from '../../src-preload/contract/ids.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import type { CoverCache, CoverSizeName } from '../downloads/cover-cache.ts';
import { CratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { isContainedPath } from '../files/names.ts';
import type { Library } from '../library/library.ts';
import { type AlbumPageParts, albumPage, requireOwned } from './album-page.ts';
import type { Board } from './board.ts';
import type { Shelf } from './shelf.ts';
import { isPlayable } from './track-views.ts';

/** What the desk works with. */
export interface AlbumDeskParts extends AlbumPageParts {
  readonly fs: FileSystem;
  readonly library: Library;
  readonly shelf: Shelf;
  readonly board: Board;
  readonly covers: CoverCache;
  /** An album that is not owned and that a link led to. */
  readonly linked: (albumId: AlbumId) => Pick<Album, 'id' | 'coverUrl'> | null;
  readonly account: () => AccountId | null;
  readonly root: () => RootView | null;
}

/** A file a window may play. */
export interface MediaFile {
  /** Absolute. */
  readonly path: string;
  readonly type: 'audio/flac' | 'audio/mpeg';
}

/** What a person points at to see it in the system's file manager. */
export interface Pointed {
  readonly jobId?: JobId | undefined;
  readonly albumId?: AlbumId | undefined;
  readonly trackId?: TrackId | undefined;
}

/** Single albums: their pages, covers and files, and what is decided about them. */
export interface AlbumDesk {
  /** Throws `INVALID_REQUEST` for an album that is not owned, and what asking for its track list throws. */
  album(albumId: AlbumId): Promise<AlbumView>;
  /** A cached cover's absolute path, fetched on demand; null where there is none. */
  coverFile(albumId: AlbumId, size: CoverSizeName): Promise<string | null>;
  /** The file of a track of the root in use; null where there is none a window can play. */
  mediaFile(albumId: AlbumId, trackId: TrackId): Promise<MediaFile | null>;
  /**
   * An absolute path to show: the file, else the nearest folder above it that is there. Throws `NO_LIBRARY_ROOT`.
   */
  pathOf(item: Pointed): Promise<string>;
}

/** Makes the desk of one engine. */
export function createAlbumDesk(parts: AlbumDeskParts): AlbumDesk {
  const { fs, library, shelf, board } = parts;

  const fileOf = async (root: RootView, { jobId, albumId, trackId }: Pointed) => {
    if (!root.id) return null;
    const job = jobId === undefined ? null : board.jobView(jobId);
    if (job?.state === 'done') return job.path;
    const album = job?.albumId ?? albumId;
    const track = job?.trackId ?? trackId;
    if (track !== undefined && track !== null) {
      const rows = album
        ? await library.files.byAlbum(root.id, album)
        : await library.files.byTrack(root.id, track);
      const row = rows.find((each) => each.trackId === track);
      if (row) return row.path;
    }
    return album === undefined ? null : library.placements.folder(root.id, album);
  };

  return {
    async album(albumId) {
      const accountId = parts.account();
      const owned = requireOwned(shelf.owned(albumId), albumId);
      if (accountId === null) throw new CratefulError('SIGN_IN_REQUIRED');
      return albumPage(parts, { accountId, owned, root: parts.root(), jobs: board.jobViews() });
    },

    async coverFile(albumId, size) {
      const album = shelf.owned(albumId)?.album ?? parts.linked(albumId);
      return album ? parts.covers.shown(album, size) : null;
    },

    async mediaFile(albumId, trackId) {
      const root = parts.root();
      if (root?.state !== 'ready' || !root.id) return null;
      const rows = await library.files.byAlbum(root.id, albumId);
      const row = rows.find((each) => each.kind === 'track' && each.trackId === trackId);
      if (!row || !isPlayable(row.path) || !isContainedPath(row.path)) return null;
      const type = /\.mp3$/i.test(row.path) ? 'audio/mpeg' : 'audio/flac';
      return { path: join(root.path, row.path), type };
    },

    async pathOf(item) {
      const root = parts.root();
      if (!root?.id) throw new CratefulError('NO_LIBRARY_ROOT');
      let path = (await fileOf(root, item)) ?? '';
      // Names end where the file manager would show nothing at all.
      while (path !== '' && !(await isThere(fs, join(root.path, path)))) {
        path = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      }
      return path === '' ? root.path : join(root.path, path);
    },
  };
}

const isThere = (fs: FileSystem, path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );
