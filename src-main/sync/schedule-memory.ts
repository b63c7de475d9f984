import { z } from 'zod';
import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { Library } from '../library/library.ts';
import type { SyncedState } from './schedule.ts';

const timeSchema = z.number().int().nullable().catch(null);
const syncedSchema = z
  .object({
    stamp: z.number().nullable(),
    atMs: z.number(),
    rootId: z.string(),
    wanted: z.string(),
  })
  .nullable()
  .catch(null);

/** Runs looked through for the last one of an account that ended well. */
const RUNS_BACK = 50;

/** What the schedule remembers of the account in use, over restarts; times are unix milliseconds. */
export interface ScheduleMemory {
  /** Reads everything of an account; null for nobody. */
  load(account: AccountId | null): Promise<void>;
  /** When purchases were last looked for with an answer, and when a run last ended well. */
  times(): { readonly lookedAtMs: number | null; readonly lastRunMs: number | null };
  /** The last full sync that ended well. */
  synced(): SyncedState | null;
  /** Notes a look that an answer came of. */
  looked(atMs: number): Promise<void>;
  /** Notes a run that ended well; `synced` when it was over everything. */
  finished(atMs: number, synced: SyncedState | null): Promise<void>;
}

/** See {@link ScheduleMemory}. */
export function createScheduleMemory(library: Pick<Library, 'settings' | 'runs'>): ScheduleMemory {
  let account: AccountId | null = null;
  let lookedAtMs: number | null = null;
  let lastRunMs: number | null = null;
  let synced: SyncedState | null = null;

  const store = async (key: 'lookedAtMs' | 'synced', value: unknown) => {
    if (account) await library.settings.set('account', account, key, value);
  };
  const looked = async (atMs: number) => {
    lookedAtMs = atMs;
    await store('lookedAtMs', atMs);
  };

  return {
    async load(next) {
      const stored = next ? await library.settings.all('account', next) : {};
      const runs = next ? await library.runs.page(next, null, RUNS_BACK) : [];
      const last = runs.find((run) => run.state === 'finished');
      account = next;
      lookedAtMs = timeSchema.parse(stored.lookedAtMs ?? null);
      synced = syncedSchema.parse(stored.synced ?? null);
      lastRunMs = last?.endedAtMs ?? null;
    },
    times: () => ({ lookedAtMs, lastRunMs }),
    synced: () => synced,
    looked,
    async finished(atMs, full) {
      lastRunMs = atMs;
      if (!full) return;
      synced = full;
      await store('synced', full);
      await looked(atMs);
    },
  };
}
