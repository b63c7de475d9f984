import type { Job } from '../../src-preload/contract/library.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { AudioPool } from '../audio/pool.ts';
import type { Bandwidth } from '../downloads/bandwidth.ts';
import { createCommitter } from '../downloads/commit.ts';
import type { CoverCache } from '../downloads/cover-cache.ts';
import { createDownloader, type Downloader } from '../downloads/downloader.ts';
import { createSpaceLedger } from '../downloads/space-ledger.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { AlbumLists } from './album-lists.ts';
import type { Board } from './board.ts';
import type { Overrides } from './overrides.ts';
import { entitlementOf } from './ownership.ts';
import type { Pause } from './pause.ts';
import { finishRestore } from './restore.ts';
import type { Shelf } from './shelf.ts';
import type { SpeedRecord } from './speed-history.ts';

/** What the downloads of a run work with. */
export interface RunDownloadParts {
  readonly library: Library;
  readonly lists: AlbumLists;
  readonly fs: FileSystem;
  readonly http: HttpClient;
  readonly qobuz: Pick<Qobuz, 'fileUrl' | 'pacing'>;
  readonly audio: AudioPool;
  readonly covers: CoverCache;
  readonly clock: Clock;
  readonly events: Pick<EventStream, 'emit'>;
  readonly board: Board;
  readonly shelf: Shelf;
  readonly bootedAtMs: number;
  readonly cratefulVersion: string;
  readonly settings: () => Settings;
  readonly bandwidth: Bandwidth;
  readonly speed: SpeedRecord;
  readonly pause: Pick<Pause, 'isOn'>;
  readonly overrides: Pick<Overrides, 'of'>;
  readonly newId: () => string;
}

/** The downloads of one run. */
export interface RunDownloads {
  readonly downloader: Downloader;
  /** Gives what a killed process had proven its name; before anything looks at the disk (architecture §4). */
  heal(): Promise<void>;
}

/** Puts the downloader of a run together: its root, its room on the disk, where it reports to. */
export function startRunDownloads(
  parts: RunDownloadParts,
  root: RootRow,
  hear: {
    readonly runFault: (error: CratefulError) => void;
    readonly onSaved: (job: Job) => void;
  },
): RunDownloads {
  const { board, library, fs, shelf, audio } = parts;
  const rootPath = root.path;
  const hash = (path: string) => audio.hash(path);
  const committer = createCommitter({ fs, library, rootPath, clock: parts.clock, hash });
  const downloader = createDownloader({
    ...parts,
    parts: library.parts,
    rootPath,
    committer,
    concurrency: parts.settings().concurrency,
    paused: parts.pause.isOn(),
    space: createSpaceLedger(fs, rootPath, () => parts.settings().reservePercent),
    albumOf: async (job) => {
      const detail = await parts.lists.known(job.albumId, shelf.owned(job.albumId));
      if (!detail) throw new CratefulError('TRACK_UNAVAILABLE', { restriction: 'no track list' });
      return detail;
    },
    formatsKeyOf: (job) => {
      const owned = shelf.owned(job.albumId);
      const entitlement = owned && job.trackId !== null ? entitlementOf(owned, job.trackId) : null;
      return entitlement?.key ?? '';
    },
    listener: {
      jobChanged: (job) => {
        noteEnd(shelf, job);
        if (job.state === 'done') hear.onSaved(job);
        board.jobChanged(job);
      },
      stageChanged: (id, stage) => board.stageChanged(id, stage),
      progressed: (id, received, total) => board.progressed(id, received, total),
      networkBytes: (id, bytes) => {
        parts.speed.add(bytes);
        board.networkBytes(id, bytes);
      },
      waitingChanged: (waiting) => parts.qobuz.pacing.setJobsWaiting(waiting),
      runFault: hear.runFault,
    },
  });
  return {
    downloader,
    async heal() {
      await finishRestore(parts, root);
      for (const job of await library.jobs.open(root.id)) {
        // One that waits again was proven as well, when a disk failed in the middle of its commit.
        const isProven = job.state === 'waiting' && job.receipt !== null;
        if (job.state !== 'committing' && !isProven) continue;
        await committer.heal(job).catch(async (error: unknown) => {
          const fault = asCratefulError(error);
          if (fault.scope !== 'track') throw fault;
          // Its name was taken meanwhile: the plan that follows finds that too and says so.
          await library.jobs.update(job.id, { state: 'waiting', error: fault.toView() });
        });
        const now = await library.jobs.get(job.id);
        // What only lacked its name needs no line in the run that gave it.
        if (now?.state === 'done') board.remove(job.id);
        else if (now) board.jobChanged(now);
      }
    },
  };
}

function noteEnd(shelf: Shelf, { state, receipt, albumId, trackId }: Job): void {
  if (state === 'done' && receipt) {
    shelf.fileSaved({ albumId, trackId, bytes: receipt.bytes, receipt });
  }
  if (state === 'unavailable' && trackId !== null) shelf.trackWithheld(albumId, trackId);
}
