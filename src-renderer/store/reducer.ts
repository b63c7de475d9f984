import type { AlbumId, JobId } from '../../src-preload/contract/ids.ts';
import type {
  AlbumSummary,
  Delta,
  JobView,
  Snapshot,
  ViewPart,
} from '../../src-preload/contract/views.ts';

/**
 * What the window knows: the last snapshot with every later delta folded in. Albums and jobs are kept so
 * that a delta copies little: jobs by album, because the lists show them so and an album's own list is short.
 */
export interface Mirror extends Omit<Snapshot, 'albums' | 'jobs'> {
  readonly albums: ReadonlyMap<AlbumId, AlbumSummary>;
  /** Ids of all albums, most recently bought first. */
  readonly albumOrder: readonly AlbumId[];
  /** Jobs of each album in the order in which they were announced. */
  readonly jobs: ReadonlyMap<AlbumId, readonly JobView[]>;
}

const byPurchase = (a: AlbumSummary, b: AlbumSummary): number =>
  b.purchasedAt - a.purchasedAt || (a.id < b.id ? -1 : 1);

const orderOf = (albums: ReadonlyMap<AlbumId, AlbumSummary>): readonly AlbumId[] =>
  [...albums.values()].sort(byPurchase).map((album) => album.id);

/** The mirror a snapshot alone gives. */
export function fromSnapshot({ albums: list, jobs, ...parts }: Snapshot): Mirror {
  const albums = new Map(list.map((album) => [album.id, album]));
  return { ...parts, albums, albumOrder: orderOf(albums), jobs: withJobs(new Map(), jobs, []) };
}

/**
 * The mirror after a delta. A delta that is already part of the mirror (`seq` not above the mirror's)
 * changes nothing, so that deltas sent while the snapshot travelled do no harm (architecture §2).
 */
export function afterDelta(mirror: Mirror, delta: Delta): Mirror {
  if (delta.seq <= mirror.seq) return mirror;
  const { albums: albumChange, jobs: jobChange, reset: _, ...parts } = delta;
  const albums = albumChange === undefined ? mirror.albums : withAlbums(mirror.albums, albumChange);
  return {
    ...mirror,
    ...given(parts),
    ...(jobChange !== undefined && {
      jobs: withJobs(mirror.jobs, jobChange.upsert, jobChange.removed),
    }),
    albums,
    albumOrder: sameOrder(mirror, albums) ? mirror.albumOrder : orderOf(albums),
  };
}

type Parts = Pick<Delta, 'seq' | ViewPart>;

/** Without the parts that are there in name only: structured clones keep keys whose value is undefined. */
function given(parts: Parts): Partial<Pick<Snapshot, 'seq' | ViewPart>> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function withAlbums(
  albums: Mirror['albums'],
  change: NonNullable<Delta['albums']>,
): Mirror['albums'] {
  const next = new Map(albums);
  for (const album of change.upsert) next.set(album.id, album);
  for (const id of change.removed) next.delete(id);
  return next;
}

function sameOrder(mirror: Mirror, albums: Mirror['albums']): boolean {
  if (albums === mirror.albums) return true;
  if (albums.size !== mirror.albums.size) return false;
  for (const [id, album] of albums) {
    if (mirror.albums.get(id)?.purchasedAt !== album.purchasedAt) return false;
  }
  return true;
}

function withJobs(
  jobs: Mirror['jobs'],
  upsert: readonly JobView[],
  removed: readonly JobId[],
): Mirror['jobs'] {
  const next = new Map(jobs);
  const touched = new Map<AlbumId, JobView[]>();
  const groupOf = (albumId: AlbumId): JobView[] => {
    const known = touched.get(albumId);
    if (known !== undefined) return known;
    const copy = [...(next.get(albumId) ?? [])];
    touched.set(albumId, copy);
    next.set(albumId, copy);
    return copy;
  };
  for (const job of upsert) {
    const group = groupOf(job.albumId);
    const at = group.findIndex((other) => other.id === job.id);
    if (at === -1) group.push(job);
    else group[at] = job;
  }
  if (removed.length > 0) {
    const gone = new Set(removed);
    for (const [albumId, group] of next) {
      if (!group.some((job) => gone.has(job.id))) continue;
      const left = group.filter((job) => !gone.has(job.id));
      if (left.length === 0) next.delete(albumId);
      else next.set(albumId, left);
    }
  }
  return next;
}
