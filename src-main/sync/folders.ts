import { extname, resolve } from 'node:path';
import type { FolderFacts, FolderMode } from '../../src-preload/contract/folders.ts';
import { CratefulError } from '../errors.ts';
import { canWrite } from '../files/file-system.ts';
import { countFiles } from '../files/folder-count.ts';
import { freeSpace } from '../files/space.ts';
import type { AccountLibrary } from './account-library.ts';
import { type RootParts, standingOf } from './library-root.ts';
import type { Session } from './session.ts';

/** What folders are looked at and taken into use with. */
export interface FolderParts extends RootParts {
  readonly session: Pick<Session, 'account'>;
  readonly own: Pick<AccountLibrary, 'root'>;
  /** Makes a folder the account's library root, as the engine does it: runs are stopped first. */
  readonly open: (path: string, anew: boolean) => Promise<unknown>;
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
}

const AUDIO_ENDINGS: ReadonlySet<string> = new Set(
  'flac mp3 dsf dff m4a m4b aac alac wav aif aiff ogg oga opus wma ape wv mpc'.split(' '),
);
/** Counting stops here: a person wants to know that there is a lot, not how much. */
const MOST_FILES = 10_000;

/** Makes the folders of one engine. */
export function createFolders(parts: FolderParts): Folders {
  const { fs, session, own } = parts;
  let picked: string | null = null;

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

  return {
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
      await parts.open(picked, mode === 'anew');
    },
  };
}
