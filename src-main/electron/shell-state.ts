import type { AlbumId, JobId } from '../../src-preload/contract/ids.ts';
import type { Delta, JobView, Snapshot } from '../../src-preload/contract/views.ts';
import type { Engine } from '../engine.ts';
import type { RecentAddition } from '../sync/recent-additions.ts';

/** How many albums the tray remembers as recent. */
const RECENT_ALBUMS = 8;

/** What tray, taskbar and notifications know of the engine. */
export interface ShellFacts
  extends Pick<Snapshot, 'settings' | 'account' | 'root' | 'queue' | 'run' | 'background'> {
  /** Jobs that failed, with what stays the same of each when it is tried by another job. */
  readonly failed: ReadonlyMap<JobId, string>;
  /** Titles of albums that got tracks and were not told of yet, in the order in which they came. */
  readonly added: ReadonlyMap<AlbumId, string>;
  readonly recent: readonly RecentAddition[];
}

/** A small copy of the engine's view for the parts of the shell, kept by its deltas. */
export interface ShellState {
  /** Null until the engine has been asked once. */
  facts(): ShellFacts | null;
  heard(delta: Delta): void;
  onChange(listener: (facts: ShellFacts) => void): void;
  /** Forgets what was added: it has been told. */
  toldAdded(): void;
}

/** See {@link ShellState}; asks the engine at once, and again whenever another takes its place. */
export function createShellState(
  engine: () => Promise<Pick<Engine, 'snapshot' | 'recentAdditions'>>,
): ShellState {
  const listeners: ((facts: ShellFacts) => void)[] = [];
  let facts: ShellFacts | null = null;
  let seq = 0;
  let failed = new Map<JobId, string>();
  let added = new Map<AlbumId, string>();

  const put = (next: ShellFacts) => {
    facts = next;
    for (const listener of listeners) listener(next);
  };

  const readRecent = async () => {
    const recent = await (await engine()).recentAdditions(RECENT_ALBUMS);
    if (facts) put({ ...facts, recent });
  };

  const load = async () => {
    const snapshot = await (await engine()).snapshot();
    seq = snapshot.seq;
    failed = new Map();
    added = new Map();
    note(snapshot.jobs, false);
    const { settings, account, root, queue, run, background } = snapshot;
    put({ settings, account, root, queue, run, background, failed, added, recent: [] });
    await readRecent();
  };

  const note = (jobs: readonly JobView[], fresh: boolean) => {
    for (const job of jobs) {
      if (job.state === 'failed') failed.set(job.id, `${job.albumId}/${job.trackId ?? job.path}`);
      else failed.delete(job.id);
      if (fresh && job.state === 'done' && job.kind === 'track') {
        added.set(job.albumId, job.albumTitle);
      }
    }
  };

  // Without an engine there is nothing to show: the window says why, and the next call builds one.
  const reload = () => void load().catch(() => undefined);

  reload();
  return {
    facts: () => facts,
    heard(delta) {
      if (delta.reset || !facts) return reload();
      if (delta.seq <= seq) return;
      seq = delta.seq;
      const before = facts;
      note(delta.jobs?.upsert ?? [], true);
      for (const id of delta.jobs?.removed ?? []) failed.delete(id);
      const { settings, account, root, queue, run, background } = { ...facts, ...delta };
      put({ ...facts, settings, account, root, queue, run, background });
      const ended = run?.endedAtMs != null && before.run?.endedAtMs !== run.endedAtMs;
      if (ended || root?.id !== before.root?.id) readRecent().catch(() => undefined);
    },
    onChange(listener) {
      listeners.push(listener);
      if (facts) listener(facts);
    },
    toldAdded: () => added.clear(),
  };
}
