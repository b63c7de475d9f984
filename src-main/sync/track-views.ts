import type { TrackView } from '../../src-preload/contract/album-view.ts';
import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { displayTitle } from '../../src-preload/contract/titles.ts';
import type { JobView } from '../../src-preload/contract/views.ts';
import { type OwnedAlbum, ownedTracks } from './ownership.ts';

/** An album's owned tracks with what is on disk and in the queue of each, in the album's order. */
export function viewTracks(
  owned: OwnedAlbum,
  detail: AlbumDetail,
  rows: readonly LibraryFile[],
  jobs: readonly JobView[],
): readonly TrackView[] {
  return ownedTracks(owned, detail).map((track) => {
    const row = rows.find((each) => each.trackId === track.id);
    const job = jobs.find((each) => each.trackId === track.id);
    return {
      id: track.id,
      title: displayTitle(track),
      artist: track.artist,
      performers: track.credits,
      trackNumber: track.trackNumber,
      discNumber: track.discNumber,
      durationSeconds: track.durationSeconds,
      status: statusOf(row, job),
      servedFormatId: row?.receipt.servedFormatId ?? null,
      samplingRateKHz: row?.receipt.samplingRateKHz ?? null,
      bitDepth: row?.receipt.bitDepth ?? null,
      bytes: row?.bytes ?? 0,
      playable: false,
      error: job?.error ?? null,
    };
  });
}

function statusOf(row: LibraryFile | undefined, job: JobView | undefined): TrackView['status'] {
  switch (job?.state) {
    case 'running':
    case 'waiting':
    case 'retrying':
    case 'committing':
      return 'syncing';
    case 'failed':
      return 'failed';
    case 'unavailable':
      return 'unavailable';
    default:
      return row ? 'synced' : 'not-synced';
  }
}
