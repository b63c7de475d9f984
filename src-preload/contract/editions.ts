import type { AlbumId, TrackId } from './ids.ts';
import type { Quality } from './set-aside.ts';

/** A better edition of one track than the one on disk. */
export interface TrackOfferView {
  readonly trackId: TrackId;
  readonly title: string;
  readonly from: Quality;
  readonly to: Quality;
  /** To fetch; an estimate. */
  readonly bytes: number;
  /** It was accepted and comes with the next sync. */
  readonly accepted: boolean;
}

/** What is offered of one album. */
export interface AlbumOffer {
  readonly albumId: AlbumId;
  readonly albumTitle: string;
  readonly artist: string;
  readonly tracks: readonly TrackOfferView[];
}

/** One page of albums with better editions, in the order of their purchase, newest first. */
export interface OfferPage {
  readonly albums: readonly AlbumOffer[];
  /** Albums of all there is, not of this page. */
  readonly total: number;
  /** Tracks not accepted yet, and about what they weigh, of all there is. */
  readonly tracksOpen: number;
  readonly bytesOpen: number;
  /** What to ask the next page with; null at the end. */
  readonly next: AlbumId | null;
}

/** One of several copies of the same. */
export interface DuplicateMember {
  readonly albumId: AlbumId;
  /** Null for an album as a whole. */
  readonly trackId: TrackId | null;
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
  /** The file, or the album's folder; relative to the root. */
  readonly path: string;
  readonly tracks: number;
  readonly bytes: number;
  /** Of an album, that of its weakest track. */
  readonly quality: Quality;
  /** Whether it is the best by sound, then by size; none is where all are alike. */
  readonly better: boolean;
}

/** The same recording, or the same album, several times in the library. */
export interface DuplicateGroup {
  /** Another one as soon as the group changes. */
  readonly key: string;
  readonly kind: 'track' | 'album';
  readonly members: readonly DuplicateMember[];
}

/** One page of duplicates, albums first. */
export interface DuplicatePage {
  readonly groups: readonly DuplicateGroup[];
  readonly total: number;
  /** What to ask the next page with; null at the end. */
  readonly next: string | null;
}
