import type { ShellFacts } from '../../src-main/electron/shell-state.ts';
import { jobId, runId } from '../../src-preload/contract/ids.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import { ACCOUNT, ROOT, SETTINGS } from './fake-bridge.ts';

/** A run over 1,000 bytes of which some are there. */
export const shellRun = (
  state: RunView['state'],
  doneBytes = 0,
  change: Partial<RunView> = {},
): RunView => ({
  id: runId('run-1'),
  state,
  startedAtMs: 1,
  endedAtMs: state === 'finished' || state === 'stopped' ? 2 : null,
  albumsListed: 1,
  albumsTotal: 1,
  listingDone: true,
  totals: {
    planned: 10,
    downloaded: 0,
    skipped: 0,
    failed: 0,
    unavailable: 0,
    paused: 0,
    bytes: doneBytes,
    plannedBytes: 1000,
    doneBytes,
  },
  bytesPerSecond: 0,
  secondsLeft: null,
  planChanges: 0,
  error: null,
  coolDownUntilMs: null,
  ...change,
});

/** Failed items, as the shell keeps them. */
export const failing = (...items: readonly string[]): ShellFacts['failed'] =>
  new Map(items.map((item) => [jobId(`job-${item}`), item]));

/** What the shell knows of an engine where all is well. */
export const shellFacts = (change: Partial<ShellFacts> = {}): ShellFacts => ({
  settings: { ...SETTINGS, syncEveryMinutes: 60 },
  account: ACCOUNT,
  root: ROOT,
  queue: { paused: false },
  run: null,
  background: {
    online: true,
    nextSyncAtMs: null,
    lastSyncAtMs: null,
    holding: null,
    goesOnWith: null,
  },
  failed: new Map(),
  added: new Map(),
  recent: [],
  ...change,
});
