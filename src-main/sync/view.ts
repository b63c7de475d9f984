import type { AlbumId, JobId } from '../../src-preload/contract/ids.ts';
import type {
  AlbumSummary,
  Delta,
  JobView,
  Snapshot,
  ViewPart,
} from '../../src-preload/contract/views.ts';
import type { Clock } from '../ports.ts';

/** Time between two deltas: at most 10 a second for the whole app (architecture §2). */
const FLUSH_MS = 100;

/** Where the view reads the truth from; it keeps none of its own. */
export interface ViewSources {
  readonly app: Snapshot['app'];
  readonly read: { readonly [Part in ViewPart]: () => Snapshot[Part] };
  album(id: AlbumId): AlbumSummary | null;
  albums(): readonly AlbumSummary[];
  albumIds(): Iterable<AlbumId>;
  job(id: JobId): JobView | null;
  jobs(): readonly JobView[];
}

/** A view of the truth for windows and the command line: a snapshot, then deltas after it. */
export interface View {
  snapshot(): Snapshot;
  /** One part as it is now. */
  part<Part extends ViewPart>(part: Part): Snapshot[Part];
  onDelta(listener: (delta: Delta) => void): () => void;
  changed(part: ViewPart): void;
  albumChanged(id: AlbumId): void;
  /** Every album of the list may have changed. */
  albumsChanged(): void;
  jobChanged(id: JobId): void;
  /** Sends what is pending at once, so that the end of a run is seen before it is acted on. */
  flush(): void;
}

/** A view over `sources`, whose deltas are coalesced by the clock. */
export function createView(clock: Clock, sources: ViewSources): View {
  const listeners = new Set<(delta: Delta) => void>();
  const parts = new Set<ViewPart>();
  const albums = new Set<AlbumId>();
  const jobs = new Set<JobId>();
  let listed: readonly AlbumId[] = [];
  let seq = 0;
  let scheduled = false;

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    clock.sleep(FLUSH_MS).then(flush, () => undefined);
  };

  const changesOf = <Id, Item>(ids: Set<Id>, find: (id: Id) => Item | null) => {
    const upsert: Item[] = [];
    const removed: Id[] = [];
    for (const id of ids) {
      const item = find(id);
      if (item) upsert.push(item);
      else removed.push(id);
    }
    ids.clear();
    return { upsert, removed };
  };

  const flush = () => {
    scheduled = false;
    if (parts.size + albums.size + jobs.size === 0) return;
    seq += 1;
    const delta: { -readonly [Key in keyof Delta]: Delta[Key] } = { seq };
    for (const part of parts) Object.assign(delta, { [part]: sources.read[part]() });
    if (albums.size > 0) delta.albums = changesOf(albums, sources.album);
    if (jobs.size > 0) delta.jobs = changesOf(jobs, sources.job);
    parts.clear();
    for (const listener of listeners) listener(delta);
  };

  return {
    snapshot: () => ({
      seq,
      app: sources.app,
      ...partsOf(sources),
      albums: sources.albums(),
      jobs: sources.jobs(),
    }),
    part: (part) => sources.read[part](),
    onDelta(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed(part) {
      parts.add(part);
      schedule();
    },
    albumsChanged() {
      // Those of before too: what is no longer listed has to be taken out.
      for (const id of listed) albums.add(id);
      listed = [...sources.albumIds()];
      for (const id of listed) albums.add(id);
      schedule();
    },
    albumChanged(id) {
      albums.add(id);
      schedule();
    },
    jobChanged(id) {
      jobs.add(id);
      schedule();
    },
    flush,
  };
}

/** Every part as it is now. */
const partsOf = ({ read }: ViewSources): Pick<Snapshot, ViewPart> =>
  Object.fromEntries(Object.entries(read).map(([part, of]) => [part, of()])) as Pick<
    Snapshot,
    ViewPart
  >;
