import type { CratefulBridge } from '../src-preload/contract/calls.ts';
import type { AlbumId } from '../src-preload/contract/ids.ts';

declare global {
  interface Window {
    readonly crateful: CratefulBridge;
  }
}

/** All the window has of the outside world; handed in, so that views can be shown without a shell. */
export interface Outside {
  readonly bridge: CratefulBridge;
  /** Address of an album's cover. */
  coverAddress(albumId: AlbumId): string;
}

/** The real outside: what preload put on `window`, and covers from the app's own scheme (architecture §7). */
export const shellOutside = (): Outside => ({
  bridge: window.crateful,
  coverAddress: (albumId) => `crateful-app://cover/${encodeURIComponent(albumId)}`,
});
