import type { VerifyFinding, VerifyView } from '../../src-preload/contract/album-view.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import { storeLastCheck } from './last-check.ts';
import { type ReadyRoot, requireReady } from './ready-root.ts';
import type { Shelf } from './shelf.ts';
import { type VerifyParts, verifyFiles } from './verify.ts';

/** What verifications work with. */
export interface VerificationParts extends VerifyParts {
  readonly library: Pick<Library, 'files' | 'albums' | 'settings'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly shelf: Shelf;
  /** The root in use, as it stands on the disk at this moment. Throws `LIBRARY_MOVING`. */
  readonly root: () => Promise<RootView | null>;
  /** Whether a run goes on, whose own proofs must not wait long. */
  readonly syncing: () => boolean;
  readonly onChange: () => void;
  readonly onAlbum: (albumId: AlbumId) => void;
  /** A check of the whole library came to its end and is remembered. */
  readonly onWhole: () => Promise<void>;
}

/** One verification at a time. */
export interface Verification {
  /** The one that goes on, or the last. */
  view(): VerifyView | null;
  /**
   * Begins to verify these albums, null for the whole library; resolves once it is under way, with its end.
   * `onFinding` hears all findings, also those beyond the view's most.
   *
   * Throws `VERIFYING_ALREADY`, `LIBRARY_MOVING`, `NO_LIBRARY_ROOT` and `LIBRARY_ROOT_MISSING`.
   */
  start(
    albumIds: readonly AlbumId[] | null,
    onFinding?: (finding: VerifyFinding) => void,
  ): Promise<{ readonly ended: Promise<VerifyView> }>;
  /** Ends the one that goes on; what it found stays. Resolves when it has ended. */
  cancel(): Promise<void>;
  /** The same, and forgets it: another account or root is in use. */
  clear(): Promise<void>;
}

/** Threads there are to look into files, and what is left of them while a run proves its own. */
const AT_ONCE = { alone: 2, syncing: 1 } as const;
/** Findings that are listed; more are only counted. */
const MOST_FINDINGS = 1000;

/** Makes the verifications of one engine. */
export function createVerification(parts: VerificationParts): Verification {
  const { clock, shelf, library } = parts;
  let view: VerifyView | null = null;
  let current: { readonly abort: AbortController; readonly ended: Promise<VerifyView> } | null =
    null;
  let starting = false;

  const show = (next: VerifyView): VerifyView => {
    view = next;
    parts.onChange();
    return next;
  };

  const findingOf = async (
    file: LibraryFile,
    problem: VerifyFinding['problem'],
  ): Promise<VerifyFinding> => {
    const { albumId, trackId, path } = file;
    const album = shelf.owned(albumId)?.album;
    const known = trackId === null ? null : await library.albums.get(albumId);
    const track = known?.tracks.find(({ id }) => id === trackId);
    return {
      albumId,
      trackId,
      albumTitle: album ? displayAlbumTitle(album) : '',
      title: track ? displayTitle(track) : path.slice(path.lastIndexOf('/') + 1),
      path,
      problem,
    };
  };

  /** Remembers a check of everything; of one that cannot be remembered the findings count all the same. */
  const remember = async ({ id }: ReadyRoot, tookMs: number, ended: VerifyView, counts: Counts) => {
    const { filesDone: files, bytesDone: bytes, endedAtMs } = ended;
    const check = { endedAtMs: endedAtMs ?? 0, tookMs, files, bytes, ...counts };
    await storeLastCheck(library, id, check).then(parts.onWhole, () => undefined);
  };

  const run = async (
    root: ReadyRoot,
    albumIds: readonly AlbumId[] | null,
    signal: AbortSignal,
    onFinding: (finding: VerifyFinding) => void,
  ) => {
    const startedAtMs = clock.now();
    const counts = { missing: 0, damaged: 0, changed: 0 };
    let now = show({ ...NOTHING_YET, albumIds: albumIds ?? [] });
    try {
      await verifyFiles(parts, {
        rootId: root.id,
        rootPath: root.path,
        albumIds,
        atOnce: () => (parts.syncing() ? AT_ONCE.syncing : AT_ONCE.alone),
        signal,
        onTotal({ files, bytes }) {
          now = show({ ...now, filesTotal: files, bytesTotal: bytes });
        },
        async onFile(file, problem) {
          if (file.trackId !== null) shelf.verified(file, problem);
          parts.onAlbum(file.albumId);
          const finding = problem && (await findingOf(file, problem));
          if (finding) {
            counts[finding.problem] += 1;
            onFinding(finding);
          }
          const found = finding && now.findings.length < MOST_FINDINGS ? [finding] : [];
          const bytesDone = Math.min(now.bytesTotal, now.bytesDone + file.bytes);
          const left = now.bytesTotal - bytesDone;
          const msEachByte = (clock.now() - startedAtMs) / bytesDone;
          const known = bytesDone > 0 && msEachByte > 0;
          now = show({
            ...now,
            filesDone: Math.min(now.filesTotal, now.filesDone + 1),
            bytesDone,
            secondsLeft: known ? Math.ceil((left * msEachByte) / 1000) : null,
            bytesPerSecond: known ? Math.round(1000 / msEachByte) : null,
            findings: [...now.findings, ...found],
            findingsTotal: now.findingsTotal + (problem ? 1 : 0),
          });
        },
      });
      const endedAtMs = clock.now();
      const ended = show({ ...now, state: 'finished', endedAtMs, secondsLeft: null });
      if (albumIds === null) await remember(root, endedAtMs - startedAtMs, ended, counts);
      return ended;
    } catch (error) {
      const fault = asCratefulError(error);
      const cancelled = signal.aborted || hasCode(fault, 'CANCELLED');
      return show({
        ...now,
        state: cancelled ? 'cancelled' : 'failed',
        endedAtMs: clock.now(),
        secondsLeft: null,
        error: cancelled ? null : fault.toView(),
      });
    }
  };

  const cancel = async () => {
    current?.abort.abort(new CratefulError('CANCELLED'));
    await current?.ended;
  };

  return {
    view: () => view,
    async start(albumIds, onFinding = () => undefined) {
      if (current || starting) throw new CratefulError('VERIFYING_ALREADY');
      starting = true;
      try {
        const root = requireReady(await parts.root());
        const abort = new AbortController();
        const ended = run(root, albumIds, abort.signal, onFinding).finally(() => {
          current = null;
        });
        current = { abort, ended };
        return { ended };
      } finally {
        starting = false;
      }
    },
    cancel,
    async clear() {
      await cancel();
      if (!view) return;
      view = null;
      parts.onChange();
    },
  };
}

const NOTHING_YET: VerifyView = {
  state: 'running',
  albumIds: [],
  endedAtMs: null,
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  secondsLeft: null,
  bytesPerSecond: null,
  findings: [],
  findingsTotal: 0,
  error: null,
};

type Counts = Readonly<Record<VerifyFinding['problem'], number>>;
