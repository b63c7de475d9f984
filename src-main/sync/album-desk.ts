import type { AlbumView, SearchAnswer } from '../../src-preload/contract/album-view.ts';
import type { Album } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId, JobId, TrackId } from '../../src-preload/contract/ids.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import type { CoverCache, CoverSizeName } from '../downloads/cover-cache.ts';
import { CratefulError } from '../errors.ts';
import { type FileSystem, spelledPath } from '../files/file-system.ts';
import { isContainedPath } from '../files/names.ts';
import type { Library } from '../library/library.ts';
import { type AlbumPageParts, albumPage, entitledFormats, requireOwned } from './album-page.ts';
import type { Board } from './board.ts';
import type { QueueControl } from './queue.ts';
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
  readonly queue: Pick<QueueControl, 'withdraw' | 'want'>;
  readonly syncing: () => boolean;
  readonly account: () => AccountId | null;
  readonly root: () => RootView | null;
  /** What is decided about these albums changed, and with it every plan. */
  readonly onDecided: (albumIds: readonly AlbumId[]) => void;
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
  /** Albums of the account by the beginnings of the words of title, artist, label and tracks, best first. */
  search(query: string): Promise<SearchAnswer>;
  /**
   * Leaves albums out of every plan, and takes what waits of them out of the queue; files stay. Taken back, a run that
   * goes on sees to them again. Throws `SIGN_IN_REQUIRED`.
   */
  setSkipped(albumIds: readonly AlbumId[], skip: boolean): Promise<void>;
  /** Ends the skipping of those somebody asks for in person; the others stay as they are. */
  takeUp(albumIds: readonly AlbumId[]): Promise<void>;
  /**
   * Remembers the format one album is wanted in, null for the preference, and has it fetched at once; the files there
   * are set aside, not deleted.
   *
   * Throws `INVALID_REQUEST` for an album that is not owned, `NOT_ENTITLED` for a format it was not bought in,
   * `SIGN_IN_REQUIRED` and `NO_LIBRARY_ROOT`.
   */
  fetchInFormat(albumId: AlbumId, formatId: FormatId | null): Promise<void>;
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
  const { fs, library, shelf, board, overrides } = parts;

  const requireAccount = (): AccountId => {
    const accountId = parts.account();
    if (accountId === null) throw new CratefulError('SIGN_IN_REQUIRED');
    return accountId;
  };

  const wantWhole = (albumIds: readonly AlbumId[]) =>
    parts.queue.want(new Map(albumIds.map((id) => [id, null])));

  const withdrawJobs = (albumIds: readonly AlbumId[]) => {
    const albums = new Set(albumIds);
    const jobs = board.jobs().filter((job) => albums.has(job.albumId));
    return parts.queue.withdraw(jobs.map((job) => job.id));
  };

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
      const accountId = requireAccount();
      const owned = requireOwned(shelf.owned(albumId), albumId);
      return albumPage(parts, {
        accountId,
        owned,
        root: parts.root(),
        jobs: board.albumJobViews(albumId),
      });
    },

    search: (query) =>
      library.search.find(query, (albumId) => {
        const owned = shelf.owned(albumId);
        if (!owned) return null;
        return owned.whole ? 'all' : new Set(owned.singles.keys());
      }),

    async setSkipped(albumIds, skip) {
      requireAccount();
      const owned = albumIds.filter((id) => shelf.owned(id) && overrides.of(id).skip !== skip);
      await overrides.setSkipped(owned, skip);
      parts.onDecided(owned);
      if (skip) await withdrawJobs(owned);
      else if (parts.syncing() && owned.length > 0) wantWhole(owned);
    },

    async takeUp(albumIds) {
      const skipped = albumIds.filter((id) => overrides.of(id).skip);
      if (skipped.length === 0) return;
      await overrides.setSkipped(skipped, false);
      parts.onDecided(skipped);
    },

    async fetchInFormat(albumId, formatId) {
      const accountId = requireAccount();
      const owned = requireOwned(shelf.owned(albumId), albumId);
      if (!parts.root()?.id) throw new CratefulError('NO_LIBRARY_ROOT');
      if (formatId !== null && !entitledFormats(owned).includes(formatId)) {
        throw new CratefulError('NOT_ENTITLED', { formatId });
      }
      await overrides.setFormat(albumId, formatId);
      // Somebody asks for it in person: what the service refused before is asked for again.
      const known = await parts.lists.known(albumId, owned);
      for (const { id } of known?.tracks ?? []) await library.refusals.delete(accountId, id);
      // What is on its way in another format would be there before the plan that replaces it.
      await withdrawJobs([albumId]);
      parts.onDecided([albumId]);
      wantWhole([albumId]);
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
      return { path: await spelledPath(fs, root.path, row.path), type };
    },

    async pathOf(item) {
      const root = parts.root();
      if (!root?.id) throw new CratefulError('NO_LIBRARY_ROOT');
      let path = (await fileOf(root, item)) ?? '';
      // Names end where the file manager would show nothing at all.
      while (path !== '' && !(await isThere(fs, await spelledPath(fs, root.path, path)))) {
        path = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      }
      return path === '' ? root.path : spelledPath(fs, root.path, path);
    },
  };
}

const isThere = (fs: FileSystem, path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );
