import { join } from 'node:path';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { SetAsidePage, SetAsideView } from '../../src-preload/contract/set-aside.ts';
import { qualityOf } from '../downloads/quality.ts';
import { CratefulError } from '../errors.ts';
import { listSetAside, removeSetAside, type SetAsideEntry } from '../files/set-aside.ts';
import { keepManifest } from './manifest-memory.ts';
import { type CareParts, type ReadyRoot, requireReady, withRoot } from './ready-root.ts';
import { finishRestore, type RestoreParts, restoreEntry } from './restore.ts';

/** What the store of replaced files works with. */
export interface SetAsideDeskParts extends CareParts, RestoreParts {
  readonly fs: RestoreParts['fs'];
  readonly clock: RestoreParts['clock'];
  /** Files of these albums came back: every plan made before is wrong. */
  readonly onChanged: (albumIds: readonly AlbumId[]) => void;
}

/** What was replaced, and can be had back until somebody empties it. */
export interface SetAsideDesk {
  /**
   * The newest files, or those after one; what came or went since the first page shows in the next first page.
   * Throws `NO_LIBRARY_ROOT`, `LIBRARY_ROOT_MISSING` and disk faults.
   */
  page(after: string | null): Promise<SetAsidePage>;
  /**
   * Brings files back to where they stood, one after the other; the first that cannot ends it. `onRestored` hears of
   * each that is back.
   *
   * Throws `INVALID_REQUEST` for what lies there no more, `SET_ASIDE_DAMAGED`, `PATH_OCCUPIED`, `ALREADY_RUNNING`,
   * `LIBRARY_MOVING`, `NO_LIBRARY_ROOT`, `LIBRARY_ROOT_MISSING` and disk faults.
   */
  restore(ids: readonly string[], onRestored?: () => void): Promise<void>;
  /**
   * Deletes these files for good, or with null all of them, and nothing else; only ever on a person's confirmed wish.
   * Gives how many would not go. Throws as {@link restore}.
   */
  empty(ids: readonly string[] | null): Promise<number>;
  /** Absolute path of a file in the store. Throws `INVALID_REQUEST`. */
  pathOf(id: string): Promise<string>;
}

/** Files on one page. */
const PAGE_ENTRIES = 50;

/** Makes the desk of one engine. */
export function createSetAsideDesk(parts: SetAsideDeskParts): SetAsideDesk {
  const { fs } = parts;
  let listed: { readonly root: string; readonly entries: readonly SetAsideEntry[] } | null = null;

  const list = async (root: ReadyRoot) => {
    const entries = await listSetAside(fs, root.path);
    listed = { root: root.path, entries };
    return entries;
  };
  const known = async (root: ReadyRoot) =>
    listed?.root === root.path ? listed.entries : list(root);
  const some = (entries: readonly SetAsideEntry[], ids: readonly string[]) => {
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    return ids.map((id) => {
      const entry = byId.get(id);
      if (!entry) throw new CratefulError('INVALID_REQUEST', { reason: 'not set aside' });
      return entry;
    });
  };

  return {
    async page(after) {
      const root = requireReady(await parts.root());
      const entries = after === null ? await list(root) : await known(root);
      const from = after === null ? 0 : entries.findIndex(({ id }) => id === after) + 1;
      const shown = entries.slice(from, from + PAGE_ENTRIES);
      const isLast = from + shown.length >= entries.length;
      return {
        entries: shown.map(viewOf),
        total: entries.length,
        totalBytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
        next: isLast ? null : (shown.at(-1)?.id ?? null),
      };
    },

    restore: (ids, onRestored) =>
      withRoot(parts, async (root) => {
        await finishRestore(parts, root);
        const entries = some(await list(root), ids);
        try {
          for (const entry of entries) {
            await restoreEntry(parts, root, entry);
            onRestored?.();
          }
        } finally {
          parts.onChanged([...new Set(entries.flatMap(({ note }) => note?.row?.albumId ?? []))]);
          await keepManifest(parts, root);
        }
      }),

    empty: (ids) =>
      withRoot(parts, async (root) => {
        await finishRestore(parts, root);
        const entries = await list(root);
        const gone = ids === null ? entries : some(entries, ids);
        return removeSetAside(
          fs,
          root.path,
          gone.map((entry) => ({ ...entry, isNoted: entry.note !== null })),
        );
      }),

    async pathOf(id) {
      const root = requireReady(await parts.root());
      const [entry] = some(await known(root), [id]);
      return join(root.path, entry?.storedPath ?? '');
    },
  };
}

function viewOf({ id, note, path, bytes, atMs }: SetAsideEntry): SetAsideView {
  const row = note?.row ?? null;
  return {
    id,
    albumId: row?.albumId ?? null,
    trackId: row?.trackId ?? null,
    kind: row?.kind ?? 'track',
    title: note?.title || path.slice(path.lastIndexOf('/') + 1),
    artist: note?.artist ?? '',
    albumTitle: note?.albumTitle ?? '',
    path,
    quality: row
      ? qualityOf(row.receipt)
      : { formatId: null, bitDepth: null, samplingRateKHz: null },
    bytes,
    sha256: note?.sha256 ?? null,
    reason: note?.reason ?? null,
    atMs,
  };
}
