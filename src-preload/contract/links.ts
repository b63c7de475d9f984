import type { ErrorView } from './error-codes.ts';
import type { AlbumId, LinkId, TrackId } from './ids.ts';

/** What a Qobuz link can lead to (qobuz-api §7). */
export const LINK_KINDS = ['album', 'track', 'playlist', 'artist', 'label'] as const;
/** One of {@link LINK_KINDS}. */
export type LinkKind = (typeof LINK_KINDS)[number];

/** Why a text is no link to something; sentences stand in the locales under `links.problems`. */
export type LinkProblem =
  | 'not-qobuz'
  | 'no-item'
  | 'section'
  | 'bad-id'
  | 'unknown-type'
  | 'not-a-link'
  | 'not-found';

/** Something a link leads to that is not owned. */
export interface LinkItem {
  /** Its place in {@link LinkView.rest}. */
  readonly index: number;
  /** The album it is, or is on. */
  readonly albumId: AlbumId;
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string | null;
}

/** One link that was dropped, pasted or handed over, and what came of it. */
export interface LinkView {
  readonly id: LinkId;
  /** The link as it was given, without its query. */
  readonly text: string;
  readonly kind: LinkKind | null;
  /**
   * `queued`: the owned parts were put into the queue. `here`: everything owned is on disk already. `offer`: a list of
   * which some is owned; nothing is queued before somebody says so. `not-owned`: nothing of it is.
   */
  readonly state: 'looking' | 'queued' | 'here' | 'offer' | 'not-owned' | 'invalid' | 'failed';
  readonly problem: LinkProblem | null;
  readonly error: ErrorView | null;
  readonly title: string | null;
  readonly artist: string | null;
  /** The album whose cover stands for it; covers of albums that are not owned can be shown too. */
  readonly coverAlbumId: AlbumId | null;
  /** The owned album behind an album or track. */
  readonly albumId: AlbumId | null;
  readonly trackId: TrackId | null;
  /** For a track of an album that is owned: the whole album can be queued as well. */
  readonly offersAlbum: boolean;
  readonly tracksTotal: number;
  readonly tracksOwned: number;
  /** Whether there is a page in the shop for it. */
  readonly inShop: boolean;
  /** What of a playlist, artist or label is not owned, at most 500. */
  readonly rest: readonly LinkItem[];
}
