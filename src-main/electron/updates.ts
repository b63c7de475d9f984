import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { UpdateView } from '../../src-preload/contract/background.ts';
import type { Clock, Ports } from '../ports.ts';

/** A feed is asked at the start and then once a day. */
const BETWEEN_CHECKS_MS = 24 * 3_600_000;

/** Updates of the app itself, from the feed it was packaged with. */
export interface Updates {
  view(): UpdateView;
  /** Asks the feed now and once a day, as long as the app runs; returns at once where there is no feed. */
  watch(): Promise<void>;
  /** Quits and starts the new version; only once it is ready. */
  install(): void;
}

/** What updates work with. */
export interface UpdateParts {
  /** The packaged app's resources; the feed's address lies there as `app-update.yml`, where there is one. */
  readonly resources: string;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Ports['log'];
  /** No feed is asked for somebody who only looks at the demo. */
  readonly isDemo: () => boolean;
}

const OFF: UpdateView = { state: 'off', version: null };

/** Makes the updates of this process; `electron-updater` is loaded only where there is a feed. */
export function createUpdates(parts: UpdateParts): Updates {
  const hasFeed = existsSync(join(parts.resources, 'app-update.yml'));
  let view: UpdateView = hasFeed ? { state: 'idle', version: null } : OFF;
  let updater: AppUpdater | null = null;

  const load = async (): Promise<AppUpdater> => {
    const { default: loaded } = await import('electron-updater');
    const { autoUpdater } = loaded;
    // Its lines may hold addresses and paths; what matters of them is told below.
    autoUpdater.logger = null;
    autoUpdater.autoDownload = true;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.on('checking-for-update', () => show({ state: 'checking', version: null }));
    autoUpdater.on('update-not-available', () => show({ state: 'idle', version: null }));
    autoUpdater.on('update-available', ({ version }) => show({ state: 'downloading', version }));
    autoUpdater.on('update-downloaded', ({ version }) => show({ state: 'ready', version }));
    autoUpdater.on('error', () => show({ state: 'failed', version: view.version }));
    return autoUpdater;
  };

  const show = (next: UpdateView) => {
    view = next;
    parts.log('info', `update: ${next.state} ${next.version ?? ''}`.trimEnd());
  };

  const check = async () => {
    if (parts.isDemo() || view.state === 'ready') return;
    updater ??= await load();
    // A feed that cannot be reached is asked again tomorrow; `error` has shown it.
    await updater.checkForUpdates().catch(() => null);
  };

  return {
    view: () => (parts.isDemo() ? OFF : view),
    async watch() {
      while (hasFeed) {
        await check();
        await parts.clock.sleep(BETWEEN_CHECKS_MS);
      }
    },
    install() {
      if (view.state === 'ready') updater?.quitAndInstall();
    },
  };
}
