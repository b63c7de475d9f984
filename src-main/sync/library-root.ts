import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type AccountId, rootId } from '../../src-preload/contract/ids.ts';
import { DEFAULT_SETTINGS } from '../../src-preload/contract/settings.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { CratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import { createRoot, inspectRoot } from '../files/root.ts';
import { freeSpace } from '../files/space.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { Clock } from '../ports.ts';
import { readLastCheck } from './last-check.ts';
import { learnFromManifest } from './manifest-memory.ts';
import { type RootSettings, readSettings, rootSettings, storeNewRoot } from './stored-settings.ts';

/** What opening and looking at roots works with. */
export interface RootParts {
  readonly fs: FileSystem;
  readonly library: Library;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a path is to this account, without anything being changed. */
export interface RootStanding {
  readonly state: RootView['state'];
  /** The root it is, by its marker or by what was there before. */
  readonly row: RootRow | null;
  /** Whether this database has that row. */
  readonly isKnown: boolean;
}

/**
 * Tells what a path is (architecture §5): a root whose marker fits, a new place, a known root whose marker is
 * missing (the drive is away, or somebody emptied it), or somebody else's root.
 */
export async function standingOf(
  { fs, library }: RootParts,
  accountId: AccountId,
  path: string,
): Promise<RootStanding> {
  const { state, marker } = await inspectRoot(fs, path);
  const byPath = await library.roots.byPath(path);
  const own = byPath?.accountId === accountId ? byPath : null;
  const isKnown = own !== null;
  if (state !== 'marked') return { state: own ? 'missing' : 'new', row: own, isKnown };
  if (!marker || marker.accountId !== accountId) {
    return { state: 'foreign', row: null, isKnown: false };
  }
  const row = await library.roots.get(marker.libraryId);
  if (row) return { state: 'ready', row, isKnown: true };
  const { preference, namingTemplate } = DEFAULT_SETTINGS;
  return {
    state: 'ready',
    row: { id: marker.libraryId, accountId, path, template: namingTemplate, preference },
    isKnown: false,
  };
}

/** A root that was opened, and whether its manifest told of files this database did not know. */
export interface OpenedRoot {
  readonly row: RootRow;
  readonly learnt: boolean;
}

/**
 * Makes a path the account's current root: creates and marks a new one, takes over a moved or forgotten one
 * with its manifest, starts a known one anew when told to.
 *
 * Throws `LIBRARY_ROOT_MISSING`, `LIBRARY_ROOT_FOREIGN`, `PATH_NOT_WRITABLE`, `DISK_FULL`, `DISK_FAILED`.
 */
export async function openRoot(
  parts: RootParts,
  accountId: AccountId,
  folder: string,
  options: {
    /** True to start a known or foreign folder anew: a new library id, the files stay. */
    readonly anew: boolean;
    /** What a root begins with that this database does not know. */
    readonly settings: RootSettings;
  },
): Promise<OpenedRoot> {
  const { fs, library, clock } = parts;
  const { anew } = options;
  const path = resolve(folder);
  const standing = await standingOf(parts, accountId, path);
  if (standing.state === 'missing' && !anew) {
    throw new CratefulError('LIBRARY_ROOT_MISSING', { path });
  }
  if (standing.state === 'foreign' && !anew) {
    throw new CratefulError('LIBRARY_ROOT_FOREIGN', { path });
  }
  const before = standing.isKnown && standing.row;
  const settings = before
    ? rootSettings((await readSettings(library, before)).settings)
    : options.settings;
  let row: RootRow;
  let learnt = false;
  if (standing.state === 'ready' && standing.row && !anew) {
    row = { ...standing.row, path };
    if (before) await library.roots.change(row.id, { path });
    else row = await storeNewRoot(library, row, settings);
    learnt = await learnFromManifest(parts, row);
  } else {
    const id = rootId(randomUUID());
    const createdAtMs = clock.now();
    await createRoot(fs, path, { version: 1, libraryId: id, accountId, createdAtMs });
    row = await storeNewRoot(library, { id, accountId, path }, settings);
  }
  await library.roots.setCurrent(accountId, row.id);
  return { row, learnt };
}

/** A root as the window shows it. */
export async function viewRoot(
  parts: RootParts,
  accountId: AccountId,
  path: string,
): Promise<RootView> {
  const free = await freeSpace(parts.fs, path).catch(() => null);
  const freeBytes = free && free.totalBytes > 0 ? free.freeBytes : null;
  try {
    const { state, row } = await standingOf(parts, accountId, path);
    const lastCheck = row ? await readLastCheck(parts.library, row.id) : null;
    return { id: row?.id ?? null, path, state, freeBytes, lastCheck };
  } catch (error) {
    const known = await parts.library.roots.byPath(path).catch(() => null);
    if (known && hasCode(error, 'DISK_FAILED')) {
      const lastCheck = await readLastCheck(parts.library, known.id).catch(() => null);
      return { id: known.id, path, state: 'missing', freeBytes: null, lastCheck };
    }
    // Whatever keeps us from looking keeps us from writing; opening it names the fault.
    return { id: null, path, state: 'not-writable', freeBytes, lastCheck: null };
  }
}
