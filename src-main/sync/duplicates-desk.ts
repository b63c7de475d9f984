import { join } from 'node:path';
import type { DuplicateGroup, DuplicatePage } from '../../src-preload/contract/editions.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import { qualityOf } from '../downloads/quality.ts';
import { CratefulError } from '../errors.ts';
import { pathKey } from '../files/names.ts';
import { isThere, removeEmptied } from '../files/relocate.ts';
import { setFileAside } from '../files/set-aside.ts';
import { albumName } from './album-names.ts';
import { type Copy, copyOf, groupOf, isCovered, sameRecordings, weakest } from './duplicates.ts';
import { keepManifest } from './manifest-memory.ts';
import type { QueueControl } from './queue.ts';
import { type CareParts, type ReadyRoot, requireReady, withRoot } from './ready-root.ts';
import { isStillOurs, type RestoreParts } from './restore.ts';
import { leftOutOnShelf } from './shelf.ts';

/** What finding and settling duplicates works with. */
export interface DuplicatesDeskParts extends CareParts, RestoreParts {
  readonly fs: RestoreParts['fs'];
  readonly clock: RestoreParts['clock'];
  readonly queue: Pick<QueueControl, 'want'>;
  /** What is on disk of these albums changed, and with it every plan. */
  readonly onChanged: (albumIds: readonly AlbumId[]) => void;
}

/** What is to be set aside of a group. */
export interface Aside {
  readonly albumId: AlbumId;
  /** Null for the album as a whole. */
  readonly trackId: TrackId | null;
}

/** Recordings and albums that lie in the library several times. */
export interface DuplicatesDesk {
  /** The first groups, or those after one. Throws `NO_LIBRARY_ROOT` and `LIBRARY_ROOT_MISSING`. */
  page(after: string | null): Promise<DuplicatePage>;
  /**
   * Settles a group: with null all copies stay, and it is shown no more until it changes; else one of them is set aside,
   * restorably, and no sync fetches it again.
   *
   * Throws `INVALID_REQUEST` for a group that is another by now, `PATH_OCCUPIED` where somebody else's file has the name,
   * `ALREADY_RUNNING`, `LIBRARY_MOVING`, `NO_LIBRARY_ROOT`, `LIBRARY_ROOT_MISSING` and disk faults.
   */
  settle(key: string, aside: Aside | null): Promise<void>;
  /** Takes the tracks of an album that are left out in again, and has them fetched. Throws `NO_LIBRARY_ROOT`. */
  fetchAgain(albumId: AlbumId): Promise<void>;
}

/** Groups on one page. */
const PAGE_GROUPS = 30;

/** Makes the desk of one engine. */
export function createDuplicatesDesk(parts: DuplicatesDeskParts): DuplicatesDesk {
  const { fs, library, shelf } = parts;
  let listed: readonly DuplicateGroup[] = [];

  const albumTitle = (albumId: AlbumId) => {
    const album = shelf.owned(albumId)?.album;
    return album ? displayAlbumTitle(album) : '';
  };

  const albumCopy = async (root: ReadyRoot, albumId: AlbumId): Promise<Copy | null> => {
    const rows = (await library.files.byAlbum(root.id, albumId)).filter(isTrack);
    const [first, ...others] = rows.map(({ receipt }) => qualityOf(receipt));
    const album = shelf.owned(albumId)?.album;
    if (!first || !album) return null;
    return {
      albumId,
      trackId: null,
      title: displayAlbumTitle(album),
      artist: album.artist,
      albumTitle: displayAlbumTitle(album),
      path: (await library.placements.folder(root.id, albumId)) ?? '',
      tracks: rows.length,
      bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
      quality: weakest([first, ...others]),
      print: rows
        .map(({ receipt }) => receipt.sha256)
        .sort()
        .join(),
    };
  };

  const find = async (root: ReadyRoot): Promise<readonly DuplicateGroup[]> => {
    const kept = await library.decisions.keptDuplicates(root.id);
    const byName = Map.groupBy(shelf.ids(), (id) => {
      const album = shelf.owned(id)?.album;
      return album ? albumName(album) : id;
    });
    const albums: DuplicateGroup[] = [];
    const groupOfAlbum = new Map<AlbumId, string>();
    for (const ids of byName.values()) {
      if (ids.length < 2) continue;
      const copies = (await Promise.all(ids.map((id) => albumCopy(root, id)))).flatMap(
        (copy) => copy ?? [],
      );
      if (copies.length < 2) continue;
      const group = groupOf('album', copies);
      albums.push(group);
      for (const { albumId } of copies) groupOfAlbum.set(albumId, group.key);
    }
    const tracks: DuplicateGroup[] = [];
    await library.recordings.shared(root.id, (files) => {
      for (const same of sameRecordings(files)) {
        const copies = same.map((file) => copyOf(file, albumTitle(file.albumId)));
        const group = groupOf('track', copies);
        if (!isCovered(group, groupOfAlbum)) tracks.push(group);
      }
    });
    return [...albums, ...tracks].filter(({ key }) => !kept.has(key));
  };

  const setAside = async (root: ReadyRoot, row: LibraryFile, word: string) => {
    const path = join(root.path, row.path);
    if (!(await isThere(fs, path))) return;
    if (!(await isStillOurs(parts, root, row))) {
      throw new CratefulError('PATH_OCCUPIED', { path: row.path });
    }
    const album = shelf.owned(row.albumId)?.album;
    const words = { title: word, artist: album?.artist ?? '', albumTitle: albumTitle(row.albumId) };
    // Before the file: a kill in between leaves one that the next sync knows by its tags and takes in again.
    await library.decisions.leaveOut(row);
    try {
      const hash = (file: string) => parts.audio.hash(file);
      const what = { id: parts.newId(), path: row.path, reason: 'duplicate' as const, row };
      await setFileAside(
        { fs, rootPath: root.path, clock: parts.clock, hash },
        { ...what, ...words },
      );
    } catch (error) {
      await library.files.put(row, pathKey(row.path));
      throw error;
    }
    if (row.trackId !== null) shelf.fileSaved(leftOutOnShelf(row.albumId, row.trackId));
  };

  /** A copy is only given up beside another that is there. */
  const requireOther = async (root: ReadyRoot, group: DuplicateGroup, aside: Aside) => {
    for (const { albumId, trackId } of group.members) {
      if (albumId === aside.albumId && trackId === aside.trackId) continue;
      const rows = (await library.files.byAlbum(root.id, albumId)).filter(isTrack);
      const others = trackId === null ? rows : rows.filter((row) => row.trackId === trackId);
      const there = await Promise.all(others.map((row) => isThere(fs, join(root.path, row.path))));
      if (there.length > 0 && there.every((each) => each)) return;
    }
    throw new CratefulError('INVALID_REQUEST', { reason: 'the only copy' });
  };

  return {
    async page(after) {
      if (after === null) listed = await find(requireReady(await parts.root()));
      const from = after === null ? 0 : listed.findIndex(({ key }) => key === after) + 1;
      const groups = listed.slice(from, from + PAGE_GROUPS);
      const isLast = from + groups.length >= listed.length;
      return { groups, total: listed.length, next: isLast ? null : (groups.at(-1)?.key ?? null) };
    },

    settle: (key, aside) =>
      withRoot(parts, async (root) => {
        const group = (await find(root)).find((each) => each.key === key);
        const member = group?.members.find(
          (each) => each.albumId === aside?.albumId && each.trackId === aside.trackId,
        );
        if (!group || (aside && !member)) {
          throw new CratefulError('INVALID_REQUEST', { reason: 'no such group' });
        }
        if (!aside) return library.decisions.keepDuplicate(root.id, key);
        await requireOther(root, group, aside);
        const detail = await library.albums.get(aside.albumId);
        const rows = await library.files.byAlbum(root.id, aside.albumId);
        const all = rows.filter((row) => aside.trackId === null || row.trackId === aside.trackId);
        try {
          for (const row of all) {
            const track = detail?.tracks.find(({ id }) => id === row.trackId);
            const name = row.path.slice(row.path.lastIndexOf('/') + 1);
            await setAside(root, row, track ? displayTitle(track) : name);
          }
          await removeEmptied(
            fs,
            root.path,
            all.map((row) => join(root.path, row.path)),
          );
        } finally {
          parts.onChanged([aside.albumId]);
          await keepManifest(parts, root);
        }
      }),

    async fetchAgain(albumId) {
      const root = requireReady(await parts.root());
      const decided = await library.decisions.list(root.id);
      const leftOut = decided.filter(
        (each) => each.albumId === albumId && each.decision === 'left-out',
      );
      if (leftOut.length === 0) return;
      const ids = leftOut.map(({ trackId }) => trackId);
      await library.decisions.remove(root.id, albumId, ids);
      parts.onChanged([albumId]);
      parts.queue.want(new Map([[albumId, ids]]));
    },
  };
}

const isTrack = ({ trackId }: LibraryFile): boolean => trackId !== null;
