import type { BrowserWindow, WebContents } from 'electron';
import {
  channelOf,
  type EventName,
  type PlaceName,
} from '../../src-preload/contract/call-names.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { openWindow, type WindowOptions } from './window.ts';

/** The one window, which comes and goes while the app stays. */
export interface MainWindow {
  current(): BrowserWindow | null;
  contents(): WebContents | null;
  /** Opens it, or brings it forward. */
  show(): void;
  /** Opens it where it is out of the way but can be found. */
  openMinimized(): void;
  send(event: EventName, ...values: readonly unknown[]): void;
  /** Shows it at a place, or at an album. */
  goTo(place: PlaceName, albumId?: AlbumId): void;
}

/** See {@link MainWindow}; `onOpened` hears of every window that is opened. */
export function createMainWindow(
  options: WindowOptions & { onOpened(window: BrowserWindow): void },
): MainWindow {
  let window: BrowserWindow | null = null;

  const live = (): BrowserWindow | null => (window && !window.isDestroyed() ? window : null);

  const open = (minimized: boolean): BrowserWindow => {
    const opened = openWindow({ ...options, minimized });
    window = opened;
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    options.onOpened(opened);
    return opened;
  };

  const show = (): BrowserWindow => {
    const present = live();
    if (!present) return open(false);
    if (present.isMinimized()) present.restore();
    present.show();
    present.focus();
    return present;
  };

  return {
    current: live,
    contents: () => live()?.webContents ?? null,
    show: () => void show(),
    openMinimized: () => {
      if (!live()) open(true);
    },
    send: (event, ...values) => live()?.webContents.send(channelOf(event), ...values),
    goTo(place, albumId) {
      const { webContents } = show();
      const go = () => webContents.send(channelOf('goTo'), place, albumId);
      if (webContents.isLoading()) webContents.once('did-finish-load', go);
      else go();
    },
  };
}
