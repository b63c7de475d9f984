import { type App, type BrowserWindow, type NativeTheme, Notification } from 'electron';
import type { PlaceName } from '../../src-preload/contract/call-names.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { DEFAULT_SETTINGS } from '../../src-preload/contract/settings.ts';
import { asCratefulError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { attentionOf, placeOf } from './attention.ts';
import type { CallHandlers } from './ipc.ts';
import type { MainWindow } from './main-window.ts';
import { installMenu } from './menu.ts';
import { type Notice, noticesOf } from './notices.ts';
import { createNotifier } from './notifier.ts';
import { readShellMemory, writeShellMemory } from './shell-memory.ts';
import type { ShellFacts, ShellState } from './shell-state.ts';
import { taskbarOf } from './taskbar.ts';
import { showTray, type TrayShown } from './tray.ts';
import { hasTrayHost } from './tray-host.ts';
import { trayLook } from './tray-icon.ts';
import { type TrayAction, trayModel } from './tray-model.ts';
import { createWords } from './words.ts';

/** How often a desktop without a place for icons is asked again: its panel may only be starting. */
const ASK_AGAIN_MS = 5000;
/** So long a hidden start waits for the panel before it opens its window minimized. */
const PANEL_TRIES = 5;

/** What the part of the app that stays works with. */
export interface ResidentOptions {
  readonly app: App;
  readonly nativeTheme: NativeTheme;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `assets/tray`. */
  readonly trayFolder: string;
  /** Where it is remembered what has been said. */
  readonly memoryFile: string;
  readonly state: ShellState;
  readonly window: MainWindow;
  readonly calls: Partial<Pick<CallHandlers, 'startSync' | 'pauseQueue' | 'resumeQueue'>>;
  readonly ports: Pick<Ports, 'locales' | 'log' | 'clock'>;
  /** Resolves when the first window shows what it opens with; the icon is put up only then. */
  readonly settled: Promise<void>;
  onLinks(text: string): void;
}

/** What is there with and without a window: tray, menu, taskbar, notifications. */
export interface Resident {
  /** Begins; `hidden` leaves the window closed. */
  start(hidden: boolean): void;
  /** A window was opened. */
  opened(window: BrowserWindow): void;
}

/** See {@link Resident}. */
export function createResident(options: ResidentOptions): Resident {
  const { app, platform, state, window, ports } = options;
  let memory = readShellMemory(options.memoryFile);
  let language = DEFAULT_SETTINGS.language;
  let words = createWords(language, ports.locales());
  let tray: TrayShown | null = null;
  let trayThere = platform !== 'linux';
  let quitting = false;
  let bar = '';

  const remember = (change: Partial<typeof memory>) => {
    memory = { ...memory, ...change };
    writeShellMemory(options.memoryFile, memory);
  };

  /** Whether closing the window leaves the app running. */
  const stays = (): boolean => (state.facts()?.settings.syncEveryMinutes ?? 0) > 0;

  const go = (place: PlaceName, albumId?: AlbumId) => window.goTo(place, albumId);

  const call = (work: Promise<unknown> | undefined) => {
    work?.catch((error: unknown) => {
      ports.log('warning', `tray: ${asCratefulError(error).code}`);
      // What came of it stands there.
      go('activity');
    });
  };

  const act = (action: TrayAction) => {
    const facts = state.facts();
    switch (action.do) {
      case 'sync':
        return call(options.calls.startSync?.(undefined));
      case 'pause':
        return call(options.calls.pauseQueue?.(undefined));
      case 'resume':
        return call(options.calls.resumeQueue?.(undefined));
      case 'addLink':
        return go('add-links');
      case 'open':
        return window.show();
      case 'settings':
        return go('settings');
      case 'album':
        return go('library', action.albumId);
      case 'attention': {
        const [attention] = facts ? attentionOf(facts) : [];
        return go(attention ? placeOf(attention) : 'activity');
      }
      case 'quit':
        return app.quit();
    }
  };

  const notifier = createNotifier((notice) => go(notice.place));

  /** Says, the first time, that the app has not ended with its window. */
  const tellItStays = (where: 'tray' | 'menuBar' | 'minimized') => {
    if (memory.toldItStays) return;
    remember({ toldItStays: true });
    const { t } = words;
    const notice: Notice = {
      title: t('shell.notice.stays.title'),
      body: t(`shell.notice.stays.${where}`),
      place: 'library',
    };
    // The window that is just closing may still have the focus.
    notifier.show(notice);
  };

  const installWords = () => {
    words = createWords(language, ports.locales());
    installMenu({ platform, packaged: app.isPackaged, words, onSettings: () => go('settings') });
    tray?.refresh();
  };

  const showBar = (facts: ShellFacts | null) => {
    const present = window.current();
    if (!facts || !present) return;
    const { progress, mode, badge } = taskbarOf(facts);
    const next = JSON.stringify([progress, mode, badge, present.id]);
    if (next === bar) return;
    bar = next;
    present.setProgressBar(progress, { mode });
    app.dock?.setBadge(badge);
  };

  const onFacts = (facts: ShellFacts) => {
    if (facts.settings.language !== language) {
      language = facts.settings.language;
      installWords();
    }
    tray?.refresh();
    showBar(facts);
    const { notices, told, toldAdded } = noticesOf(facts, memory.told, words);
    if (toldAdded) state.toldAdded();
    if (told.join() !== memory.told.join()) remember({ told: [...told] });
    for (const notice of notices) notifier.showWhileAway(notice);
  };

  /** Puts the icon up as soon as somebody would show it. */
  const lookForTray = async (): Promise<boolean> => {
    trayThere = await hasTrayHost(platform);
    if (!trayThere || tray || quitting) return trayThere;
    tray = showTray({
      folder: options.trayFolder,
      platform,
      look: () =>
        trayLook({
          platform,
          dark:
            platform === 'win32'
              ? options.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI
              : options.nativeTheme.shouldUseDarkColors,
          desktop: options.environment.XDG_CURRENT_DESKTOP ?? '',
        }),
      model: () => trayModel(state.facts(), words, ports.clock.now()),
      act,
      onLinks: options.onLinks,
    });
    return true;
  };

  const waitForTray = async () => {
    for (let tries = 1; !(await lookForTray()) && !quitting; tries++) {
      // Nobody could find an app that hides where there is no icon.
      if (tries === PANEL_TRIES && !window.current()) window.openMinimized();
      await ports.clock.sleep(ASK_AGAIN_MS * Math.min(tries, 12));
    }
  };

  const onClose = (event: Electron.Event, closing: BrowserWindow) => {
    if (quitting || trayThere || !stays()) return;
    event.preventDefault();
    closing.minimize();
    tellItStays('minimized');
  };

  const onAllClosed = () => {
    if (!stays()) {
      if (platform !== 'darwin') app.quit();
      return;
    }
    app.dock?.hide();
    tellItStays(platform === 'darwin' ? 'menuBar' : 'tray');
  };

  return {
    start(hidden) {
      installWords();
      app.on('before-quit', () => {
        quitting = true;
      });
      app.on('window-all-closed', onAllClosed);
      app.on('activate', () => window.show());
      app.on('second-instance', (_event, argv) => {
        // One that was to start unseen finds us running and has nothing to show either.
        if (!argv.includes('--hidden')) window.show();
      });
      options.nativeTheme.on('updated', () => tray?.refresh());
      state.onChange(onFacts);
      if (hidden) app.dock?.hide();
      else window.show();
      void options.settled.then(waitForTray);
    },
    opened(opened) {
      app.dock?.show();
      opened.on('close', (event) => onClose(event, opened));
      showBar(state.facts());
    },
  };
}

/** Whether this system can show notifications at all. */
export const canNotify = (): boolean => Notification.isSupported();
