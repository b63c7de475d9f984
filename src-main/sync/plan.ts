import type { Track } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import { displayTitle } from '../../src-preload/contract/titles.ts';
import { isPathTooLong, trackPaths } from '../files/layout.ts';
import type { ScanEntry } from '../files/scan.ts';
import type { FileGlance } from '../library/files.ts';
import { betterFormats } from './editions.ts';
import { estimateBytes } from './estimate.ts';
import { type Entitlement, entitlementOf, ownedTracks } from './ownership.ts';
import { planGaps } from './plan-gaps.ts';
import type { PlanInput } from './plan-input.ts';
import { planSideFiles } from './plan-side-files.ts';
import { extensionOf, type FormatWish, type Resolution, resolveFormat } from './preference.ts';
import { stillHolds } from './refusal-term.ts';

/** What a track would be fetched as and under which name. */
interface Target {
  readonly track: Track;
  readonly entitlement: Entitlement;
  readonly resolution: Resolution | null;
  readonly path: string;
  /** True for a name no file of ours has: what stands there is the user's and is not set aside. */
  readonly mustBeFree?: boolean;
}

/** The paths, by scan, whose inside decides: changed files with a row, and files without one. */
export function pathsToInspect(input: PlanInput): readonly string[] {
  const paths: string[] = [];
  for (const target of targetsOf(input)) {
    const row = rowOf(input, target.track.id);
    const entry = input.disk.get(row?.path ?? target.path);
    if (entry && (!row || isDoubtful(input, row, entry))) paths.push(entry.path);
  }
  return paths;
}

/**
 * Whether a look at rows and disk is enough to keep everything of an album: every track it is known to have
 * has its file, unchanged and in the wanted format. Then neither track list nor paths are needed, which is
 * what makes a sync with nothing to do cheap.
 */
export function isSettled(
  input: Pick<
    PlanInput,
    'owned' | 'disk' | 'findings' | 'preference' | 'sides' | 'plannedSides' | 'decisions'
  > & {
    readonly rows: readonly FileGlance[];
  },
): boolean {
  const { owned, rows, sides, plannedSides, decisions } = input;
  const tracks = rows.filter((row) => row.trackId !== null);
  const expected = owned.whole ? owned.album.trackCount : owned.singles.size;
  const leftOut = [...decisions.values()].filter(({ decision }) => decision === 'left-out').length;
  if (expected === 0 || tracks.length + leftOut < expected) return false;
  // Nobody wants the cover of an album that is left out as a whole.
  if (tracks.length === 0) return true;
  // Which booklets an album has stands in its list alone: one that was planned without them has to be planned again.
  const { covers, booklets } = plannedSides ?? { covers: true, booklets: true };
  if ((sides.covers && !covers) || (sides.booklets && !booklets)) return false;
  const hasCover = rows.some((row) => row.kind === 'cover');
  if (sides.covers && owned.album.coverUrl && !hasCover) return false;
  return rows.every((row) => {
    if (row.kind === 'cover' ? !sides.covers : row.kind === 'booklet' && !sides.booklets) {
      return true;
    }
    const entry = input.disk.get(row.path);
    if (!entry || input.findings.has(row.path)) return false;
    if (row.trackId === null) return true;
    const entitlement = entitlementOf(owned, row.trackId);
    const decision = decisions.get(row.trackId)?.decision;
    return (
      entitlement !== null &&
      entry.bytes === row.bytes &&
      decision !== 'upgrade' &&
      (decision === 'keep-this' || !wantsOtherFormat(input.preference, entitlement, row))
    );
  });
}

/** Decides for every owned track and side file of one album (architecture §2, §5). */
export function planAlbum(input: PlanInput): AlbumPlan {
  const items = targetsOf(input).map((target) => planTrack(input, target));
  items.push(...planGaps(input, items));
  const wanted = items.some((item) => item.action !== 'unavailable' && item.reason !== 'left-out');
  return {
    albumId: input.owned.albumId,
    folder: input.folder,
    items: wanted ? [...items, ...planSideFiles(input)] : items,
  };
}

function targetsOf(input: PlanInput): Target[] {
  const resolutions = new Map<
    TrackId,
    { entitlement: Entitlement; resolution: Resolution | null }
  >();
  const tracks = ownedTracks(input.owned, input.detail);
  for (const track of tracks) {
    const entitlement = entitlementOf(input.owned, track.id);
    if (!entitlement) continue;
    const resolution = resolveFormat(
      input.preference,
      entitlement.known ? entitlement.formatIds : null,
    );
    resolutions.set(track.id, { entitlement, resolution });
  }
  const paths = trackPaths(input.detail, input, (track) =>
    extensionOf(resolutions.get(track.id)?.resolution?.formatId ?? 6),
  );
  return tracks.flatMap((track) => {
    const known = resolutions.get(track.id);
    const path = paths.get(track.id);
    return known && path ? [{ track, path, ...known }] : [];
  });
}

const rowOf = (input: PlanInput, id: TrackId): LibraryFile | undefined =>
  input.rows.find((row) => row.trackId === id && row.kind === 'track');

function planTrack(input: PlanInput, target: Target): PlanItem {
  const row = rowOf(input, target.track.id);
  return row ? planKnown(input, target, row) : planUnknown(input, target);
}

/** Whether only a look inside says if a file is still what was saved. */
const isDoubtful = (input: PlanInput, row: LibraryFile, entry: ScanEntry): boolean =>
  entry.bytes !== row.bytes || input.findings.has(row.path);

/** A track with a row: kept when the file is there and whole, else fetched again. */
function planKnown(input: PlanInput, target: Target, row: LibraryFile): PlanItem {
  const entry = input.disk.get(row.path);
  const kept = { ...itemOf(input, target), path: row.path, formatId: row.receipt.servedFormatId };
  // The name a file was given is kept as long as its kind of file is the same.
  const sameKind = row.path.endsWith(target.path.slice(target.path.lastIndexOf('.')));
  const again = sameKind ? { ...target, path: row.path } : { ...target, mustBeFree: true };
  if (!entry && input.disk.isUnseen(row.path)) {
    return { ...kept, action: 'keep', reason: 'unseen', bytes: row.bytes };
  }
  if (!entry) return fetch(input, again, 'download', 'missing');
  if (isDoubtful(input, row, entry)) {
    const found = input.found.get(entry.path);
    if (!found || found.audio === 'damaged') return fetch(input, again, 'replace', 'damaged');
    // What somebody put there on purpose is theirs: never overwritten, and never taken for what was proven.
    if (found.audio === 'other') return planStranger(input, { ...target, path: row.path }, entry);
  }
  const replacement = otherEdition(input, again, row);
  if (replacement) {
    // A file that is there and whole is not given up for one that cannot be had.
    const stays = replacement.action === 'unavailable' && replacement.reason !== 'occupied';
    if (!stays) return replacement;
    const { refusal } = replacement;
    return { ...kept, action: 'keep', reason: 'kept-refused', bytes: entry.bytes, refusal };
  }
  return { ...kept, action: 'keep', reason: keptAs(input, target, row, entry), bytes: entry.bytes };
}

/** The fetch that takes the place of a whole file: the preference means another format, or an offer was accepted. */
function otherEdition(input: PlanInput, target: Target, row: LibraryFile): PlanItem | null {
  const { resolution, entitlement, track } = target;
  if (!resolution) return null;
  const decision = input.decisions.get(track.id)?.decision;
  if (decision === 'upgrade') {
    const [formatId, ...fallbackFormatIds] = betterFormats(resolution, input.owned.album, row);
    if (formatId === undefined) return null;
    const better = { ...resolution, formatId, fallbackFormatIds };
    return fetch(input, { ...target, resolution: better }, 'replace', 'upgrade');
  }
  if (decision === 'keep-this' || !wantsOtherFormat(input.preference, entitlement, row)) {
    return null;
  }
  return fetch(input, target, 'replace', 'format-changed');
}

/** Why a whole file stays; that somebody brought it back is said where it would be replaced otherwise. */
function keptAs(
  input: PlanInput,
  { resolution, entitlement, track }: Target,
  row: LibraryFile,
  entry: ScanEntry,
): PlanItem['reason'] {
  const byChoice = input.decisions.get(track.id)?.decision === 'keep-this' && resolution !== null;
  if (byChoice && wantsOtherFormat(input.preference, entitlement, row)) return 'kept-by-choice';
  if (input.moved.has(row.path)) return 'moved';
  return entry.bytes === row.bytes ? 'present' : 'tags-edited';
}

/**
 * Whether another format is wanted than the file was fetched for. A format chosen for the album is also there when
 * it was served in place of another. What was asked for then counts as still to be had: a shrunken entitlement or a refusal never replaces a better file.
 */
export function wantsOtherFormat(
  preference: FormatWish,
  entitlement: Entitlement,
  row: Pick<FileGlance, 'receipt'>,
): boolean {
  const { requestedFormatId: requested, servedFormatId: served } = row.receipt;
  if (served === preference) return false;
  if (requested === null || !entitlement.known || !entitlement.downloadable) return false;
  const best = resolveFormat(preference, [...entitlement.formatIds, requested]);
  return best !== null && best.formatId !== requested;
}

/** A track without a row: fetched, unless something stands where it would go. */
function planUnknown(input: PlanInput, target: Target): PlanItem {
  const entry = input.disk.get(target.path);
  const leftOut = input.decisions.get(target.track.id)?.decision === 'left-out';
  const isOurs = entry && input.found.get(entry.path)?.qobuzTrackId === target.track.id;
  if (leftOut && !isOurs) {
    const item = itemOf(input, target);
    return { ...item, action: 'keep', reason: 'left-out', formatId: null, bytes: 0 };
  }
  return entry ? planStranger(input, target, entry) : fetch(input, target, 'download', 'new');
}

/** A file that Crateful did not save where a track would go: taken over when it is that track, else left alone. */
function planStranger(input: PlanInput, target: Target, entry: ScanEntry): PlanItem {
  if (input.found.get(entry.path)?.qobuzTrackId === target.track.id) {
    return {
      ...itemOf(input, target),
      path: entry.path,
      action: 'adopt',
      reason: 'provably-ours',
      bytes: entry.bytes,
    };
  }
  return { ...itemOf(input, target), action: 'unavailable', reason: 'occupied' };
}

/** A fetch, or why the service or the disk will not allow it. */
function fetch(
  input: PlanInput,
  target: Target,
  action: 'download' | 'replace',
  reason: PlanItem['reason'],
): PlanItem {
  const item = itemOf(input, target);
  const { entitlement, resolution } = target;
  if (!entitlement.downloadable || (entitlement.known && entitlement.formatIds.length === 0)) {
    return { ...item, action: 'unavailable', reason: 'pre-order' };
  }
  if (!resolution) return { ...item, action: 'unavailable', reason: 'not-entitled' };
  const refusal = input.refusals.get(target.track.id);
  if (refusal && stillHolds(refusal, entitlement, input.nowMs)) {
    return { ...item, action: 'unavailable', reason: 'refused-before', refusal: refusal.error };
  }
  if (isPathTooLong(input.rootPath, target.path, input.platform)) {
    return { ...item, action: 'unavailable', reason: 'path-too-long' };
  }
  if (target.mustBeFree && input.disk.get(target.path)) {
    return { ...item, action: 'unavailable', reason: 'occupied' };
  }
  return { ...item, action, reason };
}

function itemOf(input: PlanInput, target: Target): PlanItem {
  const { track, resolution } = target;
  const formatId: FormatId | null = resolution?.formatId ?? null;
  return {
    action: 'download',
    reason: 'new',
    albumId: input.owned.albumId,
    trackId: track.id,
    kind: 'track',
    sideIndex: 0,
    title: displayTitle(track),
    path: target.path,
    formatId,
    fallbackFormatIds: resolution?.fallbackFormatIds ?? [],
    substitution: resolution?.substitution ?? null,
    bytes:
      formatId === null ? 0 : estimateBytes(formatId, input.detail.album, track.durationSeconds),
    refusal: null,
  };
}
