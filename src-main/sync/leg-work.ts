import { dirname, extname, isAbsolute, join } from 'node:path';
import type { StayReason } from '../../src-preload/contract/steps.ts';
import { bringBeside } from '../files/bring.ts';
import { type FileSystem, flushFolder } from '../files/file-system.ts';
import { pathKey } from '../files/names.ts';
import { areSame, type RelocateParts } from '../files/relocate.ts';
import {
  dropOldName,
  type Expected,
  type Given,
  giveName,
  glimpse,
  isExpected,
  peekName,
} from '../files/shift.ts';
import { WORK_FOLDER } from '../files/work-folder.ts';
import type { MoveChange, RowChange, StepRepository, StoredStep } from '../library/steps.ts';
import { isRowOnly, type Leg } from './step-order.ts';

/** What a step's files are moved with. */
export interface StepWorkParts extends RelocateParts {
  readonly library: { readonly steps: StepRepository };
  /** Throws `LIBRARY_ROOT_MISSING` when the root is not there: a file that is not seen is then not gone. */
  readonly requireRoot: () => Promise<void>;
}

/** Which step is carried out where, and who is told. */
export interface StepWorkRequest {
  readonly step: StoredStep;
  readonly way: 'there' | 'back';
  /** Absolute. */
  readonly root: string;
  /** Aborted to stop between two files. */
  readonly signal: AbortSignal;
  readonly onProgress: (filesDone: number) => void;
}

/** Where files wait that must make room before they can have their new names; relative to the root. */
export const PARKED_FOLDER = `${WORK_FOLDER}/steps`;

/** A leg under way in its batch: where its file is and goes, absolute. */
interface Shift {
  readonly leg: Leg;
  readonly source: string;
  readonly target: string;
  readonly given: Given;
}

/** The moves of single files of a step, each of which a kill may interrupt anywhere. */
export function createLegWork(parts: StepWorkParts, request: StepWorkRequest) {
  const { fs, clock, library } = parts;
  const { step, way, root } = request;
  /** Parked in this process, beside those that were when it began. */
  const parkedNow = new Set<number>();

  const absolute = (path: string): string => (isAbsolute(path) ? path : join(root, path));
  const parkedPath = (leg: Leg): string => `${PARKED_FOLDER}/${step.id}-${leg.move.no}`;
  const isParked = ({ move }: Leg): boolean => move.state === 'parked' || parkedNow.has(move.no);
  const isOutside = ({ move }: Leg): boolean => isAbsolute(move.from);
  /** The key of the row as it stands; a file from outside has none there. */
  const rowKey = (leg: Leg): string => (isParked(leg) ? pathKey(parkedPath(leg)) : leg.sourceKey);

  /** The row's own change when its file arrives at the end of its way. */
  const arrived = (leg: Leg): RowChange => {
    const { before, after } = leg.move;
    const given = before !== null || after !== null;
    const row = way === 'there' ? after : before;
    const path = isAbsolute(leg.target) ? '' : leg.target.normalize('NFC');
    const change = { fromKey: rowKey(leg), path, pathKey: pathKey(path) };
    return { ...change, row: given ? row : 'along' };
  };

  /** A row that follows its file to a place on the way, or back. */
  const followed = (fromKey: string, path: string): RowChange => ({
    fromKey,
    path: path.normalize('NFC'),
    pathKey: pathKey(path),
    row: 'along',
  });

  /** What was parked was looked at then: it goes on as whatever it is by now. */
  const expectedOf = async (leg: Leg, source: string): Promise<Expected> => {
    const { bytes, modifiedMs } = leg.move;
    if (!isParked(leg)) return { bytes, modifiedMs };
    return { bytes: (await glimpse(fs, source))?.size ?? bytes, modifiedMs: null };
  };

  const begin = async (leg: Leg, from: string, to: string): Promise<Shift> => {
    const [source, target] = [absolute(from), absolute(to)];
    const given = await giveName(fs, source, target, await expectedOf(leg, source));
    if (given.names === 'old' && given.stays === 'vanished') await parts.requireRoot();
    return { leg, source, target, given };
  };

  /** Ends what was begun: new names are on the disk before old ones go, and both before any row says so. */
  const finish = async (shifts: readonly Shift[]): Promise<readonly Shift[]> => {
    const moved = shifts.filter(({ given }) => given.names !== 'old');
    await flushAll(moved.map(({ target }) => target));
    const ended: Shift[] = [];
    for (const shift of shifts) {
      if (shift.given.names !== 'both') ended.push(shift);
      else if (await dropOldName(fs, clock, shift.source)) ended.push(shift);
      else {
        await fs.unlink(shift.target);
        ended.push({ ...shift, given: { names: 'old', stays: 'busy' } });
      }
    }
    await flushAll(moved.map(({ source }) => source));
    return ended;
  };

  const flushAll = async (paths: readonly string[]): Promise<void> => {
    for (const folder of new Set(paths.map((path) => dirname(path)))) {
      // One that is not there any more has nothing to lose.
      if (await glimpse(fs, folder)) await flushFolder(fs, folder);
    }
  };

  const stay = ({ move }: Leg, reason: StayReason): MoveChange => ({
    no: move.no,
    state: 'stays',
    reason,
  });

  /** Lets a file go home that made room and cannot have its new name; to a name beside it where its own is taken. */
  const goHome = async (leg: Leg, reason: StayReason): Promise<MoveChange> => {
    const extension = extname(leg.source);
    const stem = leg.source.slice(0, leg.source.length - extension.length);
    let home = leg.source;
    for (let number = 2; await glimpse(fs, absolute(home)); number += 1) {
      home = `${stem} (${number})${extension}`;
    }
    const [ended] = await finish([await begin(leg, parkedPath(leg), home)]);
    const isHome = ended?.given.names !== 'old';
    const isTaken =
      home !== leg.source || (await library.steps.isClaimed(step.rootId, leg.sourceKey));
    if (!isHome && isTaken) {
      return { ...stay(leg, reason), row: { ...followed(rowKey(leg), home), row: null } };
    }
    const places = way === 'there' ? { from: home } : { to: home };
    return { ...stay(leg, reason), ...places, row: followed(rowKey(leg), home) };
  };

  const moveInside = async (legs: readonly Leg[]): Promise<MoveChange[]> => {
    const shifts: Shift[] = [];
    const changes: MoveChange[] = [];
    for (const leg of legs) {
      const isClaimed =
        rowKey(leg) !== leg.targetKey &&
        (await library.steps.isClaimed(step.rootId, leg.targetKey)) &&
        (await glimpse(fs, absolute(leg.source))) !== null;
      if (isClaimed && !isParked(leg)) changes.push(stay(leg, 'occupied'));
      else {
        const from = isParked(leg) ? parkedPath(leg) : leg.source;
        shifts.push(await begin(leg, from, leg.target));
      }
    }
    for (const { leg, given } of await finish(shifts)) {
      if (given.names !== 'old') {
        changes.push({ no: leg.move.no, state: 'done', row: arrived(leg) });
      } else if (isParked(leg)) changes.push(await goHome(leg, given.stays));
      else changes.push(stay(leg, given.stays));
    }
    return changes;
  };

  const moveOutside = async (legs: readonly Leg[]): Promise<void> => {
    const isThere = step.outside === null || (await glimpse(fs, step.outside)) !== null;
    for (const leg of legs) {
      if (!isThere) await library.steps.note(step, [stay(leg, 'unreachable')]);
      else await bringOne(leg);
    }
  };

  /** One file from outside, or back there: proven at its new place, then its row, then the old place is given up. */
  const bringOne = async (leg: Leg): Promise<void> => {
    const source = absolute(isParked(leg) ? parkedPath(leg) : leg.source);
    const target = absolute(leg.target);
    const { no, bytes, state } = leg.move;
    if (state !== 'brought') {
      const given = await bringBeside(parts, {
        source,
        target,
        copy: way === 'there' ? join(root, `${parkedPath(leg)}.copy`) : `${target}.crateful`,
        expected: await expectedOf(leg, source),
        apart: way === 'there' && step.keepsSource,
      });
      if (given.names === 'old') {
        if (given.stays === 'vanished') await parts.requireRoot();
        const change = isParked(leg) ? await goHome(leg, given.stays) : stay(leg, given.stays);
        await library.steps.note(step, [change]);
        return;
      }
      const there = await fs.lstat(target);
      await library.steps.note(step, [
        { no, state: 'brought', modifiedMs: Math.floor(there.mtimeMs), row: arrived(leg) },
      ]);
    }
    if (way === 'back' || !step.keepsSource) {
      const old = await glimpse(fs, source);
      // Two names of one file, or two files that were compared; what was changed in between is kept in both places.
      if (old && isExpected(old, { bytes, modifiedMs: null })) {
        await dropOldName(fs, clock, source);
        await flushAll([source]);
      }
    }
    await library.steps.note(step, [{ no, state: 'done', modifiedMs: await timeOf(fs, target) }]);
  };

  /** Whether two paths are one file, or two with the same bytes. */
  const isTwice = async (one: string, other: string): Promise<boolean> =>
    (await glimpse(fs, one)) !== null &&
    (await glimpse(fs, other)) !== null &&
    (await areSame(parts, one, other));

  /** Ends by itself what was begun with one file. Its old name counts until its row says otherwise. */
  const settle = async (leg: Leg): Promise<void> => {
    if (isRowOnly(leg)) return;
    const parked = absolute(parkedPath(leg));
    const target = absolute(leg.target);
    let source = absolute(isParked(leg) ? parkedPath(leg) : leg.source);
    if (!isParked(leg) && (await glimpse(fs, parked))) {
      if (await isTwice(source, parked)) await fs.unlink(parked);
      else {
        const row = followed(leg.sourceKey, parkedPath(leg));
        await library.steps.note(step, [{ no: leg.move.no, state: 'parked', row }]);
        source = parked;
        parkedNow.add(leg.move.no);
      }
    }
    if (isOutside(leg)) {
      if (await isTwice(source, target)) await fs.unlink(target);
    } else {
      const given = await peekName(fs, source, target, await expectedOf(leg, source));
      if (given === 'both') await fs.unlink(target);
      if (given === 'new') {
        const change = { no: leg.move.no, state: 'done' as const, row: arrived(leg) };
        await library.steps.note(step, [change]);
      }
    }
  };

  return {
    settle,
    parked: (legs: readonly Leg[]) => legs.filter(isParked),
    async park(legs: readonly Leg[]): Promise<void> {
      const shifts: Shift[] = [];
      for (const leg of legs) shifts.push(await begin(leg, leg.source, parkedPath(leg)));
      const changes: MoveChange[] = [];
      for (const { leg, given } of await finish(shifts)) {
        if (given.names === 'old') continue;
        const row = followed(leg.sourceKey, parkedPath(leg));
        changes.push({ no: leg.move.no, state: 'parked', row });
        parkedNow.add(leg.move.no);
      }
      await library.steps.note(step, changes);
    },
    async move(legs: readonly Leg[]): Promise<void> {
      const rowOnly = legs.filter(isRowOnly);
      const inside = legs.filter((leg) => !isRowOnly(leg) && !isOutside(leg));
      await library.steps.note(step, [
        ...rowOnly.map((leg) => ({ no: leg.move.no, state: 'done' as const, row: arrived(leg) })),
        ...(await moveInside(inside)),
      ]);
      await moveOutside(legs.filter(isOutside));
    },
  };
}

const timeOf = async (fs: FileSystem, path: string): Promise<number> =>
  Math.floor((await fs.lstat(path)).mtimeMs);
