import type { CratefulBridge } from '../src-preload/contract/calls.ts';
import type { AlbumId, TrackId } from '../src-preload/contract/ids.ts';

declare global {
  interface Window {
    readonly crateful: CratefulBridge;
  }
}

/** Sizes a cover comes in: for lists, and for an album's own page. */
export type CoverSize = 'small' | 'large';

/** All the window has of the outside world; handed in, so that views can be shown without a shell. */
export interface Outside {
  readonly bridge: CratefulBridge;
  /** Address of an album's cover. */
  coverAddress(albumId: AlbumId, size: CoverSize): string;
  /** Address of a track's audio, for those that can be played. */
  trackAddress(albumId: AlbumId, trackId: TrackId): string;
}

/** The real outside: what preload put on `window`; covers and audio come from the app's own scheme (architecture §7). */
export const shellOutside = (): Outside => ({
  bridge: window.crateful,
  coverAddress: (albumId, size) =>
    `crateful-app://cover/${encodeURIComponent(albumId)}?size=${size}`,
  trackAddress: (albumId, trackId) =>
    `crateful-app://track/${encodeURIComponent(albumId)}/${trackId}`,
});
