import { z } from 'zod';
import { type AlbumId, albumId, type TrackId } from '../../src-preload/contract/ids.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import { subjectOf } from './reconcile.ts';

/** What a run is over, or is asked to see to as well while it goes on. Stored with the run, so plain data. */
export interface Wish {
  /** All that is owned, freshly listed. */
  readonly everything: boolean;
  /** These albums whole. */
  readonly albumIds: readonly AlbumId[];
  /** Of other albums, only these subjects. */
  readonly only: readonly { readonly albumId: AlbumId; readonly subjects: readonly string[] }[];
  /** Before everything that waits already, what somebody paused included. */
  readonly first: boolean;
}

/** What somebody wants to have in the queue at once: of each album all (null), or some tracks and its cover. */
export type Wanted = ReadonlyMap<AlbumId, Iterable<TrackId> | null>;

const album = z.string().transform(albumId);
const schema = z.object({
  everything: z.boolean(),
  albumIds: z.array(album),
  only: z.array(z.object({ albumId: album, subjects: z.array(z.string()) })),
  first: z.boolean(),
});

/** The wish for all that is owned. */
export const EVERYTHING: Wish = { everything: true, albumIds: [], only: [], first: false };

/** What a stored scope says; what cannot be read stands for everything. */
export const readScope = (stored: unknown): Wish => schema.safeParse(stored).data ?? EVERYTHING;

/** The wish to go on with what was begun: the queue keeps the order and the pauses it has by now. */
export const goingOn = (scope: Wish): Wish => ({ ...scope, first: false });

/** The wish behind what somebody wants. */
export function wishFor(wanted: Wanted): Wish {
  const albumIds: AlbumId[] = [];
  const only: { readonly albumId: AlbumId; readonly subjects: readonly string[] }[] = [];
  for (const [id, tracks] of wanted) {
    if (tracks === null) {
      albumIds.push(id);
      continue;
    }
    const about = { albumId: id, sideIndex: 0 };
    const subjects = [...tracks].map((trackId) => subjectOf({ ...about, trackId, kind: 'track' }));
    subjects.push(subjectOf({ ...about, trackId: null, kind: 'cover' }));
    only.push({ albumId: id, subjects });
  }
  return { everything: false, albumIds, only, first: true };
}

/** The wish to go on with jobs, and with albums of which nobody knows more. */
export const wishForJobs = (
  jobs: readonly Pick<Job, 'albumId' | 'trackId' | 'kind' | 'sideIndex'>[],
  albumIds: readonly AlbumId[] = [],
): Wish => {
  const subjects = Map.groupBy(jobs, (job) => job.albumId);
  const only = [...subjects].map(([id, of]) => ({ albumId: id, subjects: of.map(subjectOf) }));
  return { everything: false, albumIds, only, first: false };
};

/** Both wishes as one; that some albums come first must not put the whole library first. */
export const mergeWishes = (one: Wish, other: Wish): Wish => {
  const everything = one.everything || other.everything;
  return {
    everything,
    albumIds: [...new Set([...one.albumIds, ...other.albumIds])],
    only: [...one.only, ...other.only],
    first: !everything && (one.first || other.first),
  };
};

/** Of an album, which subjects a wish is about: null for all of them, undefined when it is not about the album. */
export function subjectsOf(
  wish: Wish,
): (albumId: AlbumId) => ReadonlySet<string> | null | undefined {
  const whole = new Set(wish.albumIds);
  const some = new Map<AlbumId, Set<string>>();
  for (const { albumId: id, subjects } of wish.only) {
    some.set(id, new Set([...(some.get(id) ?? []), ...subjects]));
  }
  return (id) => (wish.everything || whole.has(id) ? null : some.get(id));
}

/** Where wishes reach a run while it goes on. */
export interface Inbox {
  /** False when the run takes no more. */
  add(wish: Wish): boolean;
  /** Everything asked for so far. */
  scope(): Wish;
  /** Hands over what came so far and then each wish as it comes, until the answer is called. */
  open(onWish: (wish: Wish) => void): () => void;
}

/** An inbox that begins with these wishes, at least one; `onScope` hears how it grows. */
export function createInbox(
  wishes: readonly [Wish, ...Wish[]],
  onScope: (scope: Wish) => void,
): Inbox {
  const early: Wish[] = [...wishes];
  let scope = wishes.reduce(mergeWishes);
  let take: ((wish: Wish) => void) | null = null;
  let closed = false;
  return {
    add(wish) {
      if (closed) return false;
      scope = mergeWishes(scope, wish);
      onScope(scope);
      if (take) take(wish);
      else early.push(wish);
      return true;
    },
    scope: () => scope,
    open(onWish) {
      take = onWish;
      for (const wish of early.splice(0)) onWish(wish);
      return () => {
        take = null;
        closed = true;
      };
    },
  };
}
