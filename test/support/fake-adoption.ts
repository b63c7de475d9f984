import type { AdoptionRow, AdoptionView } from '../../src-preload/contract/adoption.ts';
import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { StepView } from '../../src-preload/contract/steps.ts';
import type { AdoptionRows } from './adoption-scenes.ts';

/** What a scene says about music that was there before. */
export interface AdoptionScene {
  readonly adoptionRows?: AdoptionRows;
  readonly undoableAdoption?: StepView;
}

interface AdoptionStage {
  readonly scene: AdoptionScene;
  read(): AdoptionView | null;
  /** Replaces what is known of the look and tells the window. */
  become(adoption: AdoptionView | null): void;
  answer<Result>(name: string, input: unknown, value: () => Result): Promise<CallReply<Result>>;
}

const NOTHING: AdoptionRows = { sure: [], likely: [], unknown: [], copy: [], damaged: [] };

/** Calls about music that was there before, with the effect a person would see. */
export function adoptionCalls(stage: AdoptionStage): Partial<CratefulBridge> {
  const { scene, read, become, answer } = stage;
  let rows = scene.adoptionRows ?? NOTHING;
  const change = (patch: Partial<AdoptionView>): void => {
    const view = read();
    if (view) become({ ...view, ...patch, revision: view.revision + 1 });
  };
  return {
    getAdoption: (input) =>
      answer('getAdoption', input, () => ({
        revision: read()?.revision ?? 0,
        total: rows[input.filter].length,
        from: input.from,
        rows: rows[input.filter].slice(input.from, input.from + input.count),
      })),
    chooseAdoption: (input) =>
      answer('chooseAdoption', input, () => {
        rows = { ...rows, [input.filter]: ticked(rows[input.filter], input) };
        change({ chosen: choiceOf(rows) });
        return null;
      }),
    preferAdoption: (input) =>
      answer('preferAdoption', input, () => {
        rows = { ...rows, copy: rows.copy.map((row) => swapped(row, input.id)) };
        change({});
        return null;
      }),
    steerAdoption: (input) =>
      answer('steerAdoption', input, () => {
        if (input.turn === 'review') change({ state: 'review', outcome: null, error: null });
        else if (input.turn !== 'use-folder') become(null);
        return null;
      }),
    adopt: (input) =>
      answer('adopt', input, () => {
        change({ state: 'proving', done: 0, total: read()?.chosen.files ?? null });
        return null;
      }),
    undoAdoption: (input) =>
      answer('undoAdoption', input, () => {
        change({ state: 'undone', outcome: null });
        return null;
      }),
    getUndoableAdoption: () =>
      answer('getUndoableAdoption', undefined, () => scene.undoableAdoption ?? null),
  };
}

/** The file that gave way stands where the preferred one stood. */
const swapped = (row: AdoptionRow, id: number): AdoptionRow =>
  row.kind === 'file' && row.id === id && row.insteadOf !== null
    ? { ...row, id: id + 1000, why: 'other-preferred', path: row.insteadOf, insteadOf: row.path }
    : row;

function ticked(
  rows: readonly AdoptionRow[],
  tick: {
    readonly albumId: string | null;
    readonly ids: readonly number[] | null;
    readonly chosen: boolean;
  },
): readonly AdoptionRow[] {
  let head: string | null = null;
  const files = rows.map((row) => {
    if (row.kind === 'album') head = row.albumId;
    const isMeant =
      row.kind === 'file' &&
      row.choosable &&
      (tick.albumId === null || tick.albumId === head) &&
      (tick.ids === null || tick.ids.includes(row.id));
    return isMeant ? { ...row, chosen: tick.chosen } : row;
  });
  return files.map((row, at) =>
    row.kind === 'album' ? { ...row, chosen: below(files, at).filter(isChosen).length } : row,
  );
}

/** The rows below a head, until the next. */
function below(rows: readonly AdoptionRow[], at: number): readonly AdoptionRow[] {
  const next = rows.findIndex(({ kind }, index) => index > at && kind !== 'file');
  return rows.slice(at + 1, next === -1 ? rows.length : next);
}

const isChosen = (row: AdoptionRow) => row.kind === 'file' && row.chosen;

function choiceOf(rows: AdoptionRows): AdoptionView['chosen'] {
  const all = Object.values(rows).flat();
  const files = all.filter((row) => row.kind === 'file').filter(({ chosen }) => chosen);
  return {
    files: files.length,
    albums: all.filter((row) => row.kind === 'album' && row.chosen > 0).length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    fresh: rows.damaged.filter(isChosen).length,
  };
}
