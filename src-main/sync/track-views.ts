import type { TrackView } from '../../src-preload/contract/album-view.ts';
import type { AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Refusal } from '../../src-preload/contract/library.ts';
import { displayTitle } from '../../src-preload/contract/titles.ts';
import type { JobView } from '../../src-preload/contract/views.ts';
import { isUnavailable } from '../downloads/retry.ts';
import { entitlementOf, type OwnedAlbum, ownedTracks } from './ownership.ts';
import { stillHolds } from './refusal-term.ts';

/** What is known of an album besides its track list. */
export interface TrackFacts {
  readonly rows: readonly LibraryFile[];
  /** Paths of rows whose file is there; null where nobody could look, as with a drive that is away. */
  readonly there: ReadonlySet<string> | null;
  /** Paths of rows whose file a verification found to be no longer what was saved. */
  readonly damaged: ReadonlySet<string>;
  readonly jobs: readonly JobView[];
  /** Tracks that are wanted nowhere in the album. */
  readonly leftOut: ReadonlySet<TrackId>;
  readonly refusals: ReadonlyMap<TrackId, Refusal>;
  readonly nowMs: number;
}

type Standing = Pick<TrackView, 'status' | 'error'>;

/**
 * An album's owned tracks with what is on disk and in the queue of each, in the album's order. Files of tracks that
 * the list does not name (any more) come last, under the name they have on disk.
 */
export function viewTracks(
  owned: OwnedAlbum,
  detail: AlbumDetail,
  facts: TrackFacts,
): readonly TrackView[] {
  const listed = ownedTracks(owned, detail);
  const rows = facts.rows.filter((row) => row.kind === 'track');
  const named = new Set<TrackId | null>(detail.tracks.map((track) => track.id));
  return [
    ...listed.map((track) => viewListed(owned, track, facts)),
    ...rows
      .filter((row) => !named.has(row.trackId))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .flatMap((row, index) => viewUnlisted(owned, row, index, facts)),
  ];
}

function viewListed(owned: OwnedAlbum, track: Track, facts: TrackFacts): TrackView {
  const row = facts.rows.find((each) => each.kind === 'track' && each.trackId === track.id);
  return {
    id: track.id,
    title: displayTitle(track),
    artist: track.artist,
    performers: track.credits,
    trackNumber: track.trackNumber,
    discNumber: track.discNumber,
    durationSeconds: track.durationSeconds,
    ...standingOf(owned, track.id, row, facts),
    ...onDisk(row, facts),
  };
}

function viewUnlisted(
  owned: OwnedAlbum,
  row: LibraryFile,
  index: number,
  facts: TrackFacts,
): readonly TrackView[] {
  if (row.trackId === null) return [];
  const file = row.path.slice(row.path.lastIndexOf('/') + 1);
  return [
    {
      id: row.trackId,
      title: file.replace(/\.[^.]+$/, ''),
      artist: owned.album.artist,
      performers: [],
      trackNumber: index + 1,
      discNumber: 1,
      durationSeconds: row.receipt.durationSeconds ?? 0,
      ...standingOf(owned, row.trackId, row, facts),
      ...onDisk(row, facts),
    },
  ];
}

const onDisk = (row: LibraryFile | undefined, { there }: TrackFacts) => {
  const isThere = row !== undefined && there?.has(row.path) !== false;
  return {
    servedFormatId: row?.receipt.servedFormatId ?? null,
    samplingRateKHz: row?.receipt.samplingRateKHz ?? null,
    bitDepth: row?.receipt.bitDepth ?? null,
    bytes: isThere ? row.bytes : 0,
    playable: row !== undefined && there?.has(row.path) === true && isPlayable(row.path),
  };
};

/** Whether a window can play a file of this name; DSD it cannot. */
export const isPlayable = (path: string): boolean => /\.(flac|mp3)$/i.test(path);

function standingOf(
  owned: OwnedAlbum,
  trackId: TrackId,
  row: LibraryFile | undefined,
  facts: TrackFacts,
): Standing {
  const job = facts.jobs.find((each) => each.trackId === trackId && each.kind === 'track');
  switch (job?.state) {
    case 'running':
    case 'waiting':
    case 'retrying':
    case 'committing':
      return { status: 'syncing', error: job.error };
    case 'paused':
      return { status: 'paused', error: job.error };
    case 'failed':
      return { status: 'failed', error: job.error };
    default:
  }
  if (row) {
    if (facts.there?.has(row.path) === false) return { status: 'missing', error: null };
    return { status: facts.damaged.has(row.path) ? 'damaged' : 'synced', error: null };
  }
  if (facts.leftOut.has(trackId)) return { status: 'left-out', error: null };
  if (job?.state === 'unavailable') return { status: 'unavailable', error: job.error };
  return withoutFile(owned, trackId, facts);
}

/** Why a track has no file, as far as that is known without a sync. */
function withoutFile(owned: OwnedAlbum, trackId: TrackId, facts: TrackFacts): Standing {
  const entitlement = entitlementOf(owned, trackId);
  const unavailable = (code: ErrorView['code']): Standing => ({
    status: 'unavailable',
    error: { code, params: {} },
  });
  if (!entitlement) return unavailable('NOT_ENTITLED');
  if (!entitlement.downloadable || (entitlement.known && entitlement.formatIds.length === 0)) {
    return unavailable('PRE_ORDER');
  }
  const refusal = facts.refusals.get(trackId);
  if (!refusal || !stillHolds(refusal, entitlement, facts.nowMs)) {
    return { status: 'not-synced', error: null };
  }
  const { error } = refusal;
  return { status: isUnavailable(error.code) ? 'unavailable' : 'failed', error };
}
