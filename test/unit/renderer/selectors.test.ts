import { describe, expect, it } from 'vitest';
import { fromSnapshot } from '../../../src-renderer/store/reducer.ts';
import { isUpToDate, runShare, syncObstacle } from '../../../src-renderer/store/selectors.ts';
import { columnsFor, moveFocus } from '../../../src-renderer/views/library/grid.ts';
import {
  planRows,
  substitutionsOf,
  unavailableGroups,
} from '../../../src-renderer/views/preview/plan-rows.ts';
import { albums, preview, SCENES } from '../../support/scenes.ts';

describe('what keeps Sync away', () => {
  it.each([
    ['library', null],
    ['signed-out', 'signed-out'],
    ['no-folder', 'no-folder'],
    ['root-missing', 'folder-unusable'],
    ['library-empty', 'no-purchases'],
    ['library-demo', null],
    ['settings-moving', 'moving'],
    ['steps-running', 'moving'],
  ] as const)('in the scene %s is %s', (scene, obstacle) => {
    expect(syncObstacle(fromSnapshot(SCENES[scene].snapshot))).toBe(obstacle);
  });
});

describe('a run as a whole', () => {
  const run = SCENES.syncing.snapshot.run;

  it('is measured in bytes, in files while no size is known, and never over 1', () => {
    expect(runShare(run)).toBeCloseTo(3104 / 7905);
    const unsized = { ...run.totals, plannedBytes: 0, planned: 90 };
    expect(runShare({ totals: unsized })).toBeCloseTo(45 / 90);
    expect(runShare({ totals: { ...run.totals, doneBytes: 9e12 } })).toBe(1);
    expect(runShare({ totals: { ...unsized, planned: 0 } })).toBe(0);
  });

  it('is up to date only when it ended well with nothing fetched and nothing failed', () => {
    const quiet = SCENES['up-to-date'].snapshot.run;
    expect(isUpToDate(quiet)).toBe(true);
    expect(isUpToDate({ ...quiet, state: 'stopped' })).toBe(false);
    expect(isUpToDate({ ...quiet, error: { code: 'OFFLINE', params: {} } })).toBe(false);
    expect(isUpToDate({ ...quiet, totals: { ...quiet.totals, failed: 1 } })).toBe(false);
  });
});

describe('the plan in rows', () => {
  it('lists what there is to do, then what cannot be had, then what is only kept', () => {
    const rows = planRows(preview.albums, new Set());
    const actions = rows.map((row) =>
      row.kind === 'album' ? new Set(row.plan.items.map((item) => item.action)) : new Set(),
    );
    const busy = actions.map((set) => set.has('download') || set.has('replace'));
    const kept = actions.map((set) => set.size === 1 && set.has('keep'));
    expect(busy.lastIndexOf(true) + 1).toBe(busy.indexOf(false));
    expect(kept.indexOf(true)).toBe(kept.lastIndexOf(false) + 1);
    expect(busy.indexOf(false)).toBeLessThan(kept.indexOf(true));
    expect(rows).toHaveLength(albums.length);
  });

  it('adds the files of an opened album right after it', () => {
    const { albumId, items } = preview.albums[2]!;
    const rows = planRows(preview.albums, new Set([albumId]));
    const at = rows.findIndex((row) => row.kind === 'album' && row.plan.albumId === albumId);
    expect(rows.slice(at + 1, at + 1 + items.length).every((row) => row.kind === 'item')).toBe(
      true,
    );
    expect(rows[at + 1 + items.length]?.kind).toBe('album');
  });

  it('names every substitution once with its number of files', () => {
    const found = substitutionsOf(preview.albums);
    const files = preview.albums
      .flatMap((plan) => plan.items)
      .filter((item) => item.substitution !== null).length;
    expect(found.reduce((sum, each) => sum + each.items, 0)).toBe(files);
    expect(new Set(found.map((each) => `${each.wanted}/${each.planned}`)).size).toBe(found.length);
  });

  it('gathers what cannot be had by album and reason', () => {
    const groups = unavailableGroups(preview.albums, new Map());
    expect(groups.map((group) => [group[0].reason, group.length])).toEqual([
      ['pre-order', 10],
      ['refused-before', 1],
    ]);
  });
});

describe('moving in the grid', () => {
  it('goes by columns and stays inside', () => {
    expect(moveFocus('ArrowDown', 1, 14, 5)).toBe(6);
    expect(moveFocus('ArrowUp', 1, 14, 5)).toBe(1);
    expect(moveFocus('ArrowRight', 13, 14, 5)).toBe(13);
    expect(moveFocus('ArrowDown', 9, 14, 5)).toBe(13);
    expect(moveFocus('ArrowDown', 12, 14, 5)).toBe(12);
    expect(moveFocus('End', 0, 14, 5)).toBe(13);
    expect(moveFocus('Home', 9, 14, 5)).toBe(0);
    expect(moveFocus('a', 9, 14, 5)).toBeNull();
  });

  it('fits as many covers as the width allows, and at least one', () => {
    expect(columnsFor(0)).toBe(0);
    expect(columnsFor(120)).toBe(1);
    expect(columnsFor(928)).toBe(5);
  });
});
