import type { PlanItem } from '../../src-preload/contract/plan.ts';
import { bookletPath, coverPath } from '../files/layout.ts';
import type { PlanInput } from './plan-input.ts';

/** Covers weigh about this much, booklets vary; both only for the estimate. */
const SIDE_BYTES = { cover: 600_000, booklet: 2_000_000 } as const;

/**
 * Cover and booklets: kept when something stands there, whoever put it, else fetched. A kind that is not wanted is not
 * fetched; what is there of it stays.
 */
export function planSideFiles(input: PlanInput): PlanItem[] {
  const { album } = input.detail;
  const elsewhere = namedOtherwise(input);
  const side = (kind: 'cover' | 'booklet', sideIndex: number, given: string): PlanItem => {
    const renamed = input.disk.get(given) ? undefined : elsewhere[kind].shift();
    const path = renamed?.path ?? given;
    const row = input.rows.find((candidate) => candidate.kind === kind && candidate.path === path);
    const entry = input.disk.get(path);
    const there = input.moved.has(path) ? 'moved' : 'present';
    // What somebody put there instead stays; only what was saved and has rotted since is fetched again.
    const rotten = entry !== undefined && input.findings.get(path) === 'damaged';
    return {
      action: rotten ? 'replace' : entry ? 'keep' : 'download',
      reason: rotten ? 'damaged' : entry ? there : row ? 'missing' : 'new',
      albumId: input.owned.albumId,
      trackId: null,
      kind,
      sideIndex,
      title: path.slice(path.lastIndexOf('/') + 1),
      path,
      formatId: null,
      fallbackFormatIds: [],
      substitution: null,
      bytes: entry?.bytes ?? SIDE_BYTES[kind],
      refusal: null,
    };
  };
  const items = [
    ...(album.coverUrl ? [side('cover', 0, coverPath(input.folder))] : []),
    ...album.goodies.map((_, index) =>
      side('booklet', index, bookletPath(input.folder, album, index)),
    ),
  ];
  const { covers, booklets } = input.sides;
  return items.filter(
    ({ action, kind }) => action === 'keep' || (kind === 'cover' ? covers : booklets),
  );
}

/** Side files with a row that stand under names of their own, because somebody moved them. */
function namedOtherwise({ detail, folder, rows, disk }: PlanInput) {
  const { album } = detail;
  const names = [
    coverPath(folder),
    ...album.goodies.map((_, index) => bookletPath(folder, album, index)),
  ];
  const of = (wanted: 'cover' | 'booklet') =>
    rows.filter(({ kind, path }) => kind === wanted && !names.includes(path) && disk.get(path));
  return { cover: of('cover'), booklet: of('booklet') };
}
