import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type { AlbumStatus, JobState } from '../../src-preload/contract/states.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import type { OwnedAlbum } from './ownership.ts';

/** What is known of an album's tracks on disk and in the queue. */
export interface AlbumFacts {
  /** Tracks that have their file. */
  readonly files: ReadonlyMap<
    TrackId,
    { readonly bytes: number; readonly servedFormatId: FormatId | null }
  >;
  /** Tracks the service refused for a reason that still holds. */
  readonly withheld: ReadonlySet<TrackId>;
  /** Owned tracks once the track list is known. */
  readonly tracksKnown: number | null;
  /** States of its open jobs and of plan items that need attention. */
  readonly jobStates: readonly JobState[];
  /** Whether no sync is to touch it. */
  readonly skipped: boolean;
}

const ACTIVE: ReadonlySet<JobState> = new Set<JobState>([
  'waiting',
  'running',
  'retrying',
  'committing',
]);

/** Everything of an album's line but its status. */
export type AlbumDescription = Omit<AlbumSummary, 'status'>;

/** What of an album's line follows from its purchases and its files alone. */
export function describeAlbum(
  owned: OwnedAlbum,
  facts: Pick<AlbumFacts, 'files' | 'tracksKnown'>,
): AlbumDescription {
  const { album } = owned;
  const served = new Set<FormatId>();
  let bytes = 0;
  for (const file of facts.files.values()) {
    bytes += file.bytes;
    if (file.servedFormatId !== null) served.add(file.servedFormatId);
  }
  return {
    id: owned.albumId,
    title: album.title,
    version: album.version,
    artist: album.artist,
    year: album.releaseDate?.slice(0, 4) ?? null,
    label: album.label,
    formatIds: formatsOf(owned),
    servedFormatIds: [...served].sort((a, b) => a - b),
    purchasedAt: owned.purchasedAt,
    singles: owned.whole === null,
    explicit: album.explicit,
    hasCover: album.coverUrl !== null,
    tracksTotal: facts.tracksKnown ?? (owned.whole ? album.trackCount : owned.singles.size),
    tracksDone: facts.files.size,
    bytes,
  };
}

function formatsOf(owned: OwnedAlbum): readonly number[] {
  const rows = [...(owned.whole ? [owned.whole] : []), ...owned.singles.values()];
  return [...new Set(rows.flatMap((row) => row.formatIds))].sort((a, b) => a - b);
}

/** An album's status: computed from its files and its jobs, never stored. */
export function statusOf(
  owned: OwnedAlbum,
  facts: AlbumFacts,
  tracksTotal: number,
  running: boolean,
): AlbumStatus {
  const { jobStates, files } = facts;
  if (facts.skipped) return 'skipped';
  if (running && jobStates.some((state) => ACTIVE.has(state))) return 'syncing';
  if (jobStates.includes('failed')) return 'needs-attention';
  if (tracksTotal > 0 && files.size >= tracksTotal) return 'synced';
  if (isPreOrder(owned)) return 'pre-order';
  const unavailable = unavailableTracks(facts);
  // Nothing is left that a sync could fetch.
  if (unavailable > 0 && files.size + unavailable >= tracksTotal) return 'withheld';
  return files.size > 0 ? 'partly' : 'not-synced';
}

/** Tracks nobody can fetch: what the plan says of this run, and at least those refused in earlier ones. */
function unavailableTracks({ jobStates, withheld, files }: AlbumFacts): number {
  const planned = jobStates.filter((state) => state === 'unavailable').length;
  const refused = [...withheld].filter((id) => !files.has(id)).length;
  return Math.max(planned, refused);
}

const isPreOrder = (owned: OwnedAlbum): boolean =>
  [...(owned.whole ? [owned.whole] : []), ...owned.singles.values()].every(
    (row) => !row.downloadable || (row.formatsKnown && row.formatIds.length === 0),
  );
