import type { AccountId, AlbumId, RunId } from '../../src-preload/contract/ids.ts';
import type { RunAlbum, RunSummary } from '../../src-preload/contract/queue.ts';
import type { Library } from '../library/library.ts';
import type { RunRow } from '../library/runs.ts';
import type { Board } from './board.ts';
import type { RunControl } from './run-control.ts';
import type { Shelf } from './shelf.ts';

/** Runs given at once. */
const PAGE_RUNS = 50;

/** What the history of runs is read from. */
export interface HistoryParts {
  readonly library: Pick<Library, 'runs' | 'jobs'>;
  readonly board: Pick<Board, 'runView'>;
  readonly control: Pick<RunControl, 'ownTotals'>;
  readonly shelf: Pick<Shelf, 'owned'>;
}

/** An account's runs, newest first, at most 50; with `before`, those that came before that run. */
export async function runsBefore(
  { library, board, control }: HistoryParts,
  account: AccountId,
  before: RunId | null,
): Promise<readonly RunSummary[]> {
  const current = board.runView();
  const rows = await library.runs.page(account, before, PAGE_RUNS);
  return rows.map((row) =>
    current?.id === row.id && current.endedAtMs === null
      ? {
          ...summaryOf(row),
          state: current.state,
          totals: control.ownTotals(),
          error: current.error,
        }
      : summaryOf(row),
  );
}

/** A run whose process ended in it is one that was stopped. */
const summaryOf = ({ id, startedAtMs, endedAtMs, state, totals, error }: RunRow): RunSummary => ({
  id,
  startedAtMs,
  endedAtMs,
  state: endedAtMs === null ? 'stopped' : state,
  totals,
  error,
});

/** The albums of a run's jobs, in the order in which they came. A job that was tried again counts for the later run. */
export async function albumsOfRun(
  { library, shelf }: HistoryParts,
  run: RunId,
): Promise<readonly RunAlbum[]> {
  const albums = new Map<AlbumId, { -readonly [Key in keyof RunAlbum]: RunAlbum[Key] }>();
  await library.jobs.tallies(run, ({ albumId, kind, state, artist, albumTitle, bytes }) => {
    if (state === 'cancelled') return;
    const album = albums.get(albumId) ?? {
      albumId,
      title: albumTitle,
      artist: shelf.owned(albumId)?.album.artist ?? artist,
      tracksAdded: 0,
      tracksFailed: 0,
      bytes: 0,
    };
    albums.set(albumId, album);
    if (kind === 'track' && state === 'done') album.tracksAdded += 1;
    if (kind === 'track' && state === 'failed') album.tracksFailed += 1;
    album.bytes += bytes;
  });
  return [...albums.values()].map((album) => ({
    ...album,
    title: album.title || (shelf.owned(album.albumId)?.album.title ?? ''),
  }));
}
