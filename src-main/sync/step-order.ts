import type { StayReason } from '../../src-preload/contract/steps.ts';
import { pathKey } from '../files/names.ts';
import type { StoredMove } from '../library/steps.ts';

/** One file on the way its step goes: there, or back. Pure data; paths as the step has them. */
export interface Leg {
  readonly move: StoredMove;
  readonly source: string;
  readonly target: string;
  readonly sourceKey: string;
  readonly targetKey: string;
}

/** The files of a step on their way. */
export const legsOf = (moves: readonly StoredMove[], way: 'there' | 'back'): Leg[] =>
  moves.map((move) => {
    const [source, target] = way === 'there' ? [move.from, move.to] : [move.to, move.from];
    return { move, source, target, sourceKey: pathKey(source), targetKey: pathKey(target) };
  });

/** Whether a file keeps its name, and only its row changes. */
export const isRowOnly = ({ source, target }: Leg): boolean => source === target;

function foldersOf(key: string): string[] {
  const folders: string[] = [];
  for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1)) {
    folders.push(key.slice(0, at));
  }
  return folders;
}

const allFolders = (keys: Iterable<string>): Set<string> => new Set([...keys].flatMap(foldersOf));

/**
 * The files that must make room before any other gets its name: another file, or a folder of one, belongs where they are;
 * or their own new name is the same to some file system, in other case or another normalisation.
 */
export function toPark(legs: readonly Leg[]): Leg[] {
  const moving = legs.filter((leg) => !isRowOnly(leg));
  const targets = new Set(moving.map(({ targetKey }) => targetKey));
  const folders = allFolders(targets);
  return moving.filter(
    ({ sourceKey }) =>
      targets.has(sourceKey) ||
      folders.has(sourceKey) ||
      foldersOf(sourceKey).some((folder) => targets.has(folder)),
  );
}

/**
 * Which files stay, given those that stay for a reason of their own and those whose new name is taken on the disk: a name
 * is free all the same when what has it moves away in the same step, which it does not when it has to stay itself.
 */
export function whoStays(
  legs: readonly Leg[],
  own: ReadonlyMap<number, StayReason>,
  taken: ReadonlySet<number>,
): Map<number, StayReason> {
  const stays = new Map(own);
  const wanted = new Set<string>();
  for (const leg of legs) {
    const { move, targetKey } = leg;
    if (stays.has(move.no) || isRowOnly(leg)) continue;
    // Two files cannot have one name: the first one gets it.
    if (wanted.has(targetKey)) stays.set(move.no, 'occupied');
    wanted.add(targetKey);
  }
  for (let before = -1; before !== stays.size; ) {
    before = stays.size;
    const leaving = legs.filter((leg) => !stays.has(leg.move.no) && !isRowOnly(leg));
    const sources = new Set(leaving.map(({ sourceKey }) => sourceKey));
    const folders = allFolders(sources);
    for (const { move, targetKey } of leaving) {
      if (!taken.has(move.no)) continue;
      const isLeft =
        sources.has(targetKey) ||
        folders.has(targetKey) ||
        foldersOf(targetKey).some((folder) => sources.has(folder));
      if (!isLeft) stays.set(move.no, 'occupied');
    }
  }
  return stays;
}
