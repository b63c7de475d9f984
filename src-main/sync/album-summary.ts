import type { AlbumStatus, JobState } from '../../src-preload/contract/states.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import type { OwnedAlbum } from './ownership.ts';

/** What is known of an album's tracks on disk and in the queue. */
export interface AlbumFacts {
  readonly tracksDone: number;
  readonly bytes: number;
  /** Owned tracks once the track list is known. */
  readonly tracksKnown: number | null;
  /** States of its open jobs and of plan items that need attention. */
  readonly jobStates: readonly JobState[];
}

const ACTIVE: ReadonlySet<JobState> = new Set<JobState>([
  'waiting',
  'running',
  'retrying',
  'committing',
]);

/** An album as the list shows it; its status is computed, never stored. */
export function summariseAlbum(
  owned: OwnedAlbum,
  facts: AlbumFacts,
  running: boolean,
): AlbumSummary {
  const { album } = owned;
  const tracksTotal = facts.tracksKnown ?? (owned.whole ? album.trackCount : owned.singles.size);
  return {
    id: owned.albumId,
    title: album.title,
    version: album.version,
    artist: album.artist,
    year: album.releaseDate?.slice(0, 4) ?? null,
    label: album.label,
    formatIds: formatsOf(owned),
    servedFormatIds: [],
    purchasedAt: owned.purchasedAt,
    singles: owned.whole === null,
    explicit: album.explicit,
    hasCover: album.coverUrl !== null,
    status: statusOf(owned, facts, tracksTotal, running),
    tracksTotal,
    tracksDone: facts.tracksDone,
    bytes: facts.bytes,
  };
}

function formatsOf(owned: OwnedAlbum): readonly number[] {
  const rows = [...(owned.whole ? [owned.whole] : []), ...owned.singles.values()];
  return [...new Set(rows.flatMap((row) => row.formatIds))].sort((a, b) => a - b);
}

function statusOf(
  owned: OwnedAlbum,
  facts: AlbumFacts,
  tracksTotal: number,
  running: boolean,
): AlbumStatus {
  const count = (state: JobState) => facts.jobStates.filter((each) => each === state).length;
  if (running && facts.jobStates.some((state) => ACTIVE.has(state))) return 'syncing';
  if (count('failed') > 0) return 'needs-attention';
  if (tracksTotal > 0 && facts.tracksDone >= tracksTotal) return 'synced';
  if (isPreOrder(owned)) return 'pre-order';
  // Nothing is left that a sync could fetch.
  const had = facts.tracksDone + count('unavailable');
  if (count('unavailable') > 0 && had >= tracksTotal) return 'withheld';
  return facts.tracksDone > 0 ? 'partly' : 'not-synced';
}

const isPreOrder = (owned: OwnedAlbum): boolean =>
  [...(owned.whole ? [owned.whole] : []), ...owned.singles.values()].every(
    (row) => !row.downloadable || (row.formatsKnown && row.formatIds.length === 0),
  );
