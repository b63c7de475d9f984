import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { RootId } from '../../src-preload/contract/ids.ts';
import type { FileSystem } from '../files/file-system.ts';
import { freeSpace } from '../files/space.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';

/** After a stop for which the disk shows no reason, such as a quota, the next try; doubled at each such stop. */
const FIRST_TRY_MS = 60_000;
const LONGEST_TRY_MS = 3600_000;
/** What the data folder needs at least: a run writes down all it does. */
const HOME_BYTES = 4_000_000;

/** What is known of the room when a full disk has stopped a run. */
export interface Shortage {
  /** Bytes the next file needs; 0 when nobody can say. */
  readonly neededBytes: number;
  /** What could be used when the run stopped. */
  readonly usableBytes: number;
  /** From then on it is worth a try although nothing was freed, by what has passed. */
  readonly tryAtPassedMs: number;
}

/** Whether a run that a full disk stopped may go on: there is room for its next file, and more than there was. */
export function isRoomAgain(shortage: Shortage, usableBytes: number, passedMs: number): boolean {
  if (usableBytes < shortage.neededBytes) return false;
  return usableBytes > shortage.usableBytes || passedMs >= shortage.tryAtPassedMs;
}

/** Where the library is, and how much of its volume stays free. */
export interface RoomAsked {
  readonly rootId: RootId | null;
  readonly path: string;
  readonly reservePercent: number;
}

/** Watches for room after a full disk has stopped a run. */
export interface Room {
  /** A run stopped for want of room. */
  ranOut(fault: ErrorView, at: RoomAsked): Promise<void>;
  /** A run ended in another way: the next shortage is a new one. */
  gotOn(): void;
  /** Looks at the disks. */
  look(at: RoomAsked): Promise<void>;
  /** What the last look found; true while nothing is short. */
  isThere(): boolean;
}

/** What is watched with. */
export interface RoomParts {
  readonly fs: FileSystem;
  readonly clock: Pick<Clock, 'passed'>;
  readonly library: { readonly jobs: Pick<Library['jobs'], 'open'> };
  /** The data folder: it may be on another volume. */
  readonly home: string;
}

/** See {@link Room}. */
export function createRoom(parts: RoomParts): Room {
  const { fs, clock, library } = parts;
  let shortage: Shortage | null = null;
  let tries = 0;
  let there = true;

  /** What may be used at a place; all that there is where a share states no size. */
  const usable = async (path: string, reservePercent: number): Promise<number> => {
    const { freeBytes, totalBytes } = await freeSpace(fs, path);
    if (totalBytes === 0) return Number.MAX_SAFE_INTEGER;
    return Math.max(0, Math.floor(freeBytes - (totalBytes * reservePercent) / 100));
  };

  /** Where the disk itself said that it is full, the next file is what has to fit. */
  const needed = async ({ params }: ErrorView, rootId: RootId | null): Promise<number> => {
    if (Number(params.neededBytes) > 0) return Number(params.neededBytes);
    const waiting = rootId ? await library.jobs.open(rootId) : [];
    const [next] = waiting
      .filter(({ state }) => state === 'waiting')
      .sort((a, b) => a.position - b.position);
    return next?.estimatedBytes ?? 0;
  };

  return {
    async ranOut(fault, { rootId, path, reservePercent }) {
      there = false;
      const usableBytes = await usable(path, reservePercent).catch(() => 0);
      const waitMs = Math.min(LONGEST_TRY_MS, FIRST_TRY_MS * 2 ** tries);
      tries += 1;
      shortage = {
        neededBytes: await needed(fault, rootId),
        usableBytes,
        tryAtPassedMs: clock.passed() + waitMs,
      };
    },
    gotOn() {
      shortage = null;
      tries = 0;
      there = true;
    },
    async look({ path, reservePercent }) {
      if (!shortage) return;
      // A drive that went away meanwhile has no room either; that it is away is told by the folder.
      const usableBytes = await usable(path, reservePercent).catch(() => 0);
      const atHome = await usable(parts.home, 0).catch(() => 0);
      there = atHome >= HOME_BYTES && isRoomAgain(shortage, usableBytes, clock.passed());
    },
    isThere: () => there,
  };
}
