import { extname, join } from 'node:path';
import pMap from 'p-map';
import type { FileFacts } from '../../audio/file-facts.ts';
import type { AudioPool } from '../../audio/pool.ts';
import { CratefulError, hasCode } from '../../errors.ts';
import { type ScanEntry, scanRoot } from '../../files/scan.ts';

/** What a folder with music is looked through with. */
export interface FindParts {
  readonly audio: Pick<AudioPool, 'facts'>;
  readonly scanWorkerUrl: URL;
}

/** One audio file that was found. */
export interface MusicFile {
  readonly entry: ScanEntry;
  readonly facts: FileFacts;
}

/** What lies in a folder with music. */
export interface FoundMusic {
  readonly files: readonly MusicFile[];
  /** Everything else that may belong to it: covers, booklets, lyrics, cue sheets. */
  readonly others: readonly ScanEntry[];
  readonly otherKinds: number;
  readonly known: number;
  readonly passedOver: number;
}

/** How a folder is looked through. */
export interface FindRequest {
  readonly folder: string;
  /** Whether a file is the library's already. */
  readonly isKnown: (path: string) => boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number | null) => void;
}

/** Kinds that are bought on Qobuz, and so are the only ones a purchase can be. */
const KINDS: ReadonlySet<string> = new Set(['flac', 'mp3', 'dsf']);
const OTHER_KINDS: ReadonlySet<string> = new Set(
  'dff m4a m4b aac alac wav aif aiff ogg oga opus wma ape wv mpc'.split(' '),
);
/** Folders and files that systems, sync programs and Crateful itself keep for themselves. */
const HIDDEN = /^(?:\..*|@eadir|#recycle|\$recycle\.bin|lost\+found|system volume information)$/i;
/** Files a thread reads before it reports: small, so that progress is smooth and a cancel counts at once. */
const BATCH = 16;
/** Batches under way, one for each thread and one waiting for each. */
const BATCHES_AT_ONCE = 4;

/** A file's ending in lower case, without its dot. */
export const endingOf = (path: string): string => extname(path).slice(1).toLowerCase();

/**
 * Walks a folder and reads what each audio file in it says about itself; nothing is written, no link is followed.
 *
 * Throws `FOLDER_MISSING` when the folder is not there (any more), `PATH_NOT_WRITABLE` or `DISK_FAILED` when it cannot be
 * read, and the signal's reason.
 */
export async function findMusic(parts: FindParts, request: FindRequest): Promise<FoundMusic> {
  const { folder, signal, onProgress } = request;
  let passedOver = 0;
  onProgress(0, null);
  const entries = await scanRoot(folder, parts.scanWorkerUrl, {
    signal,
    onUnscanned: () => (passedOver += 1),
  }).catch((error: unknown) => {
    throw hasCode(error, 'LIBRARY_ROOT_MISSING') ? gone(folder) : error;
  });
  const shown = entries.filter(({ path }) => path.split('/').every((part) => !HIDDEN.test(part)));
  const isOf = (kinds: ReadonlySet<string>) => (entry: ScanEntry) =>
    kinds.has(endingOf(entry.path));
  const audio = shown.filter(isOf(KINDS));
  const open = audio.filter(({ path }) => !request.isKnown(path));
  let done = 0;
  onProgress(0, open.length);
  const files: MusicFile[] = [];
  await pMap(
    batchesOf(open),
    async (batch) => {
      const facts = await parts.audio.facts(
        batch.map(({ storedPath }) => join(folder, storedPath)),
        signal,
      );
      batch.forEach((entry, index) => {
        const said = facts[index];
        if (said) files.push({ entry, facts: said });
        else passedOver += 1;
      });
      done += batch.length;
      onProgress(done, open.length);
    },
    { concurrency: BATCHES_AT_ONCE, signal },
  );
  if (files.length === 0 && open.length > 0) throw gone(folder);
  const isOther = isOf(OTHER_KINDS);
  return {
    files,
    others: shown.filter((entry) => !KINDS.has(endingOf(entry.path)) && !isOther(entry)),
    otherKinds: shown.filter(isOther).length,
    known: audio.length - open.length,
    passedOver,
  };
}

const gone = (path: string): CratefulError => new CratefulError('FOLDER_MISSING', { path });

function batchesOf(entries: readonly ScanEntry[]): ScanEntry[][] {
  const batches: ScanEntry[][] = [];
  for (let from = 0; from < entries.length; from += BATCH) {
    batches.push(entries.slice(from, from + BATCH));
  }
  return batches;
}
