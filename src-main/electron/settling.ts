import type { BrowserWindow } from 'electron';
import type { Clock } from '../ports.ts';

/** From the page being loaded until what it opens with is painted, with room to spare on a slow computer. */
const PAINTED_AFTER_MS = 1000;

/** Tells when the app has started, so that what can wait does not take the processor from what people wait for. */
export interface Settling {
  /** Resolves when the first window shows what it opens with; at once where none is opened. */
  readonly settled: Promise<void>;
  /** A window was opened. */
  opened(window: BrowserWindow): void;
  /** Nobody waits for a window. */
  unseen(): void;
}

/** See {@link Settling}. */
export function createSettling(clock: Pick<Clock, 'sleep'>): Settling {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    settled: promise,
    opened(window) {
      window.webContents.once('did-finish-load', () => {
        clock.sleep(PAINTED_AFTER_MS).then(resolve, resolve);
      });
      window.once('closed', () => resolve());
    },
    unseen: () => resolve(),
  };
}
