import { isAbsolute, join, relative, sep } from 'node:path';
import type { AdoptionWay } from '../../../src-preload/contract/adoption.ts';
import type { AlbumId, RootId } from '../../../src-preload/contract/ids.ts';
import type { LibraryFile, Placement, Receipt } from '../../../src-preload/contract/library.ts';
import type { PlacementChange, StepMove } from '../../../src-preload/contract/steps.ts';
import { trackPaths } from '../../files/layout.ts';
import { pathKey } from '../../files/names.ts';
import type { ScanEntry } from '../../files/scan.ts';
import { companionsOf, type Mover } from './companions.ts';
import { endingOf } from './find-files.ts';
import { hintsOf } from './from-name.ts';
import type { GoodTrack } from './goods.ts';
import type { ListedAlbum } from './own-lists.ts';

/** A proven file that is to be taken over. */
export interface Claimed {
  readonly id: number;
  readonly entry: ScanEntry;
  readonly to: GoodTrack;
  readonly receipt: Receipt;
  /** The size its row has: another one than its own where the next plan is to look inside. */
  readonly rowBytes: number;
}

/** Everything a taking over is planned from. */
export interface TakeInput {
  readonly way: AdoptionWay;
  /** Absolute, links followed. */
  readonly folder: string;
  /** Absolute, links followed. */
  readonly root: string;
  readonly rootId: RootId;
  readonly claimed: readonly Claimed[];
  /** Audio files of the look that stay as they are. */
  readonly staying: readonly ScanEntry[];
  readonly others: readonly ScanEntry[];
  readonly albums: ReadonlyMap<AlbumId, ListedAlbum>;
  /** The folders albums have, or would be given. */
  readonly placements: ReadonlyMap<AlbumId, Placement>;
  /** Albums whose placement is only what they would be given. */
  readonly unplaced: ReadonlySet<AlbumId>;
  /** Albums that have files in the library already. */
  readonly filed: ReadonlySet<AlbumId>;
}

/** The step that takes them over, with the number of the file each of its first moves is for. */
export interface TakePlan {
  readonly moves: readonly StepMove[];
  readonly ids: readonly number[];
  readonly placements: readonly PlacementChange[];
}

/**
 * Plans how proven files become the library's: where each goes, with its row, what goes along, and which folder each album
 * has from then on. Files that stay are the library's under the names they have; an album all of whose files lie in one
 * folder has that one, so that what is fetched of it later lands beside them. Pure.
 */
export function planTake(input: TakeInput): TakePlan {
  const placements = input.way === 'leave' ? placedAsTheyLie(input) : placedAnew(input);
  const placementOf = (albumId: AlbumId): Placement | undefined =>
    placements.find((each) => each.albumId === albumId)?.after ?? input.placements.get(albumId);
  const movers: Mover[] = [];
  const moves: StepMove[] = [];
  const ids: number[] = [];
  for (const { id, entry, to, receipt, rowBytes } of input.claimed) {
    const { albumId } = to.good;
    const from = placeOf(input, entry);
    const placement = placementOf(albumId);
    const listed = input.albums.get(albumId);
    if (!placement || !listed) continue;
    const target =
      input.way === 'leave'
        ? from
        : (trackPaths(listed.detail, placement, () => endingOf(entry.path)).get(to.track.id) ??
          from);
    // Nothing is left in place outside of the root.
    if (isAbsolute(target)) continue;
    const after: LibraryFile = {
      rootId: input.rootId,
      albumId,
      trackId: to.track.id,
      kind: 'track',
      path: target.normalize('NFC'),
      bytes: rowBytes,
      modifiedMs: entry.modifiedMs,
      receipt,
    };
    moves.push({ ...moveOf(entry, from, target), after });
    ids.push(id);
    if (from !== target) movers.push({ path: entry.path, target, albumFolder: placement.folder });
  }
  const staying = input.staying.map(({ path }) => path);
  const companions = companionsOf(movers, staying, input.others);
  for (const { entry, target } of companions)
    moves.push(moveOf(entry, placeOf(input, entry), target));
  return { moves, ids, placements };
}

const moveOf = ({ bytes, modifiedMs }: ScanEntry, from: string, to: string): StepMove => ({
  from,
  to,
  bytes,
  modifiedMs,
  before: null,
  after: null,
});

/** Where a file is: relative to the root and as the disk spells it where it lies in it, else absolute. */
function placeOf(
  { folder, root }: Pick<TakeInput, 'folder' | 'root'>,
  { storedPath }: ScanEntry,
): string {
  const path = join(folder, storedPath);
  const way = relative(root, path);
  const isInside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside ? way.split(sep).join('/') : path;
}

/** The folders albums get with their first files, in the layout. */
function placedAnew({ claimed, placements, unplaced }: TakeInput): PlacementChange[] {
  const albumIds = new Set(claimed.map(({ to }) => to.good.albumId));
  return [...albumIds].flatMap((albumId): PlacementChange[] => {
    const after = placements.get(albumId);
    return after && unplaced.has(albumId) ? [{ albumId, before: null, after }] : [];
  });
}

/** The folders albums have where their files stay, as far as each is one album's alone. */
function placedAsTheyLie(input: TakeInput): PlacementChange[] {
  const { claimed, placements, unplaced, filed } = input;
  const folders = new Map<AlbumId, Set<string>>();
  for (const { entry, to } of claimed) {
    const { folder } = hintsOf(placeOf(input, entry).normalize('NFC'));
    const { albumId } = to.good;
    folders.set(albumId, (folders.get(albumId) ?? new Set()).add(folder));
  }
  const users = new Map<string, number>();
  for (const some of folders.values()) {
    for (const folder of some) users.set(pathKey(folder), (users.get(pathKey(folder)) ?? 0) + 1);
  }
  const taken = [...placements].map(([albumId, { folder }]) => ({ albumId, key: pathKey(folder) }));
  const changes: PlacementChange[] = [];
  for (const [albumId, some] of folders) {
    const placement = placements.get(albumId);
    if (!placement) continue;
    const before = unplaced.has(albumId) ? null : placement;
    const [folder = ''] = some;
    const key = pathKey(folder);
    const isFree =
      folder !== '' &&
      some.size === 1 &&
      users.get(key) === 1 &&
      !filed.has(albumId) &&
      taken.every((other) => other.albumId === albumId || !overlaps(other.key, key));
    const after = isFree ? { ...placement, folder } : placement;
    if (before?.folder !== after.folder) changes.push({ albumId, before, after });
    taken.push({ albumId, key: pathKey(after.folder) });
  }
  return changes;
}

const overlaps = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
