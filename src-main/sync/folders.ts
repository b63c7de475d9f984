import { extname, resolve } from 'node:path';
import type { FolderFacts, FolderMode, MoveView } from '../../src-preload/contract/folders.ts';
import type { Preference } from '../../src-preload/contract/formats.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import { canWrite } from '../files/file-system.ts';
import { countFiles } from '../files/folder-count.ts';
import { freeSpace } from '../files/space.ts';
import type { RootRow } from '../library/roots.ts';
import type { AccountLibrary } from './account-library.ts';
import {
  forgetMove,
  type MoveParts,
  moveLibrary,
  pendingMove,
  sweep,
  wasBegun,
} from './library-move.ts';
import { type RootParts, standingOf } from './library-root.ts';
import type { Session } from './session.ts';

/** What folders are looked at and taken into use with. */
export interface FolderParts extends RootParts, Omit<MoveParts, 'settings'> {
  readonly fs: RootParts['fs'];
  readonly library: RootParts['library'];
  readonly clock: MoveParts['clock'];
  readonly session: Pick<Session, 'account'>;
  readonly own: Pick<AccountLibrary, 'root' | 'reload' | 'useFolder' | 'settings'>;
  /** Ends what goes on in the present folder: a run belongs to its folder, the jobs it leaves wait there. */
  readonly leave: () => Promise<void>;
  /** Another folder is in use, or the same at another place. */
  readonly onChange: () => void;
  /** The move began, went on or ended. */
  readonly onMove: () => void;
}

/** Folders as a person picks them: looked at first, then taken into use. */
export interface Folders {
  /** What a folder is and holds, without anything being changed there; the pick is remembered. */
  look(path: string): Promise<FolderFacts>;
  /**
   * Takes the folder that was looked at last into use. Throws `INVALID_REQUEST` when none was, and what opening a root
   * throws.
   */
  use(mode: FolderMode): Promise<void>;
  /** Takes a folder into use. Throws `LIBRARY_MOVING` and what opening a root throws. */
  open(path: string, anew: boolean, preference?: Preference): Promise<RootView>;
  /** Starts the folder in use anew. Throws `NO_LIBRARY_ROOT` too. */
  startAnew(): Promise<void>;
  /** The move that goes on, or the last one. */
  move(): MoveView | null;
  /** Ends a move; the library stays where it was. Resolves when everything is as before. */
  cancelMove(): Promise<void>;
  /** Ends a move for now: the next start goes on with it. */
  interruptMove(): Promise<void>;
  /** Goes on with the move the last process left, to its end. Never throws: the move's view says what went wrong. */
  resumeMove(): Promise<void>;
  /** Throws `LIBRARY_MOVING` while the library is on its way. */
  requireStill(): void;
}

const AUDIO_ENDINGS: ReadonlySet<string> = new Set(
  'flac mp3 dsf dff m4a m4b aac alac wav aif aiff ogg oga opus wma ape wv mpc'.split(' '),
);
/** Counting stops here: a person wants to know that there is a lot, not how much. */
const MOST_FILES = 10_000;

/** Makes the folders of one engine. */
export function createFolders(parts: FolderParts): Folders {
  const { fs, session, own } = parts;
  const moveParts: MoveParts = { ...parts, settings: () => own.settings() };
  let picked: string | null = null;
  let view: MoveView | null = null;
  let current: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;

  const show = (next: MoveView) => {
    view = next;
    parts.onMove();
  };

  const run = async (root: RootRow, to: string, signal: AbortSignal): Promise<void> => {
    let shown: MoveView = {
      state: 'running',
      from: root.path,
      to,
      filesDone: 0,
      filesTotal: 0,
      bytesDone: 0,
      bytesTotal: 0,
      leftBehind: 0,
      error: null,
    };
    show(shown);
    try {
      await parts.leave();
      await moveLibrary(moveParts, {
        root,
        to,
        signal,
        onProgress: (progress) => {
          shown = { ...shown, ...progress };
          show(shown);
        },
      });
      await own.reload();
      parts.onChange();
      show({ ...shown, state: 'finished' });
    } catch (error) {
      const fault = asCratefulError(error);
      const cancelled = hasCode(fault, 'CANCELLED');
      show({
        ...shown,
        state: cancelled ? 'cancelled' : 'failed',
        error: cancelled ? null : fault.toView(),
      });
    }
  };

  const start = (root: RootRow, to: string): Promise<void> => {
    const abort = new AbortController();
    const ended = run(root, to, abort.signal).finally(() => {
      current = null;
    });
    current = { abort, ended };
    return ended;
  };

  const stop = async (why: 'user' | 'exit') => {
    current?.abort.abort(new CratefulError('CANCELLED', { why }));
    await current?.ended;
  };

  const requireStill = () => {
    if (current) throw new CratefulError('LIBRARY_MOVING');
  };

  const currentRoot = async (): Promise<RootRow> => {
    const account = session.account();
    const row = account ? await parts.library.roots.current(account.id) : null;
    if (!row) throw new CratefulError('NO_LIBRARY_ROOT');
    return row;
  };

  const stateOf = async (path: string): Promise<FolderFacts['state']> => {
    const account = session.account();
    try {
      const { state } = account
        ? await standingOf(parts, account.id, path)
        : { state: 'new' as const };
      const isUsable = state === 'ready' || state === 'new';
      if (isUsable && !(await canWrite(fs, path))) return 'not-writable';
      return state === 'ready' && own.root()?.path === path ? 'current' : state;
    } catch {
      // Whatever keeps us from looking keeps us from writing; opening it names the fault.
      return 'not-writable';
    }
  };

  const open = async (path: string, anew: boolean, preference?: Preference) => {
    requireStill();
    await parts.leave();
    await own.useFolder(path, anew, preference);
    parts.onChange();
    const root = own.root();
    if (!root) throw new CratefulError('NO_LIBRARY_ROOT');
    return root;
  };

  return {
    open,
    async startAnew() {
      const root = own.root();
      if (!root) throw new CratefulError('NO_LIBRARY_ROOT');
      await open(root.path, true);
    },
    async look(folder) {
      const path = resolve(folder);
      const free = await freeSpace(fs, path).catch(() => null);
      const count = await countFiles(fs, path, {
        most: MOST_FILES,
        isAudio: (name) => AUDIO_ENDINGS.has(extname(name).slice(1).toLowerCase()),
      });
      const state = await stateOf(path);
      picked = path;
      return {
        path,
        state,
        freeBytes: free && free.totalBytes > 0 ? free.freeBytes : null,
        files: count.files,
        audioFiles: count.audioFiles,
        filesAreMore: count.areMore,
      };
    },
    async use(mode) {
      if (picked === null) throw new CratefulError('INVALID_REQUEST', { reason: 'no folder' });
      if (mode !== 'move') {
        await open(picked, mode === 'anew');
        return;
      }
      requireStill();
      const root = await currentRoot();
      // Seen to its end through the view, like a run.
      void start(root, picked);
    },
    move: () => view,
    cancelMove: () => stop('user'),
    interruptMove: () => stop('exit'),
    async resumeMove() {
      const root = await currentRoot().catch(() => null);
      const pending = root && (await pendingMove(parts, root.id));
      if (!root || !pending || current) return;
      if (root.path === pending.to) {
        const move = { ...pending, proven: new Map() };
        await sweep(moveParts, root.id, move).catch(() => undefined);
      } else if (root.path === pending.from && (await wasBegun(fs, pending.to))) {
        await start(root, pending.to);
      } else await forgetMove(parts, root.id);
    },
    requireStill,
  };
}
