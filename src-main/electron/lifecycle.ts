import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  shell,
} from 'electron';
import { resolveLanguage } from '../../src-preload/contract/language.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import { sessionOnly } from '../accounts/credential-store.ts';
import { systemClock } from '../clock.ts';
import { asCratefulError } from '../errors.ts';
import { redact } from '../redaction.ts';
import { wordsOf } from '../words.ts';
import { createAutostart } from './autostart.ts';
import { HIDDEN_SWITCH } from './autostart-entry.ts';
import { createCallHandlers } from './calls.ts';
import { folderChooser, newFileChooser } from './choosers.ts';
import { claimScheme, receiveDeepLinks } from './deep-links.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { denyPermissions, guardNavigation } from './guards.ts';
import { registerCalls } from './ipc.ts';
import { createLogFile, type LogFile } from './log-file.ts';
import { createMainWindow } from './main-window.ts';
import { declareScheme, serveScheme } from './protocol.ts';
import { canNotify, createResident } from './resident.ts';
import { createSettling } from './settling.ts';
import { createShellCalls } from './shell-calls.ts';
import { createShellPorts, openUrl } from './shell-ports.ts';
import { createShellState } from './shell-state.ts';
import { signInWithWindow } from './sign-in.ts';
import { isSignInSession } from './sign-in-window.ts';
import { createUpdates } from './updates.ts';
import { buildWorld, rebuildWorld } from './worlds.ts';

/** Where the shell finds its own parts: the folder of the built main entries. */
export interface ShellOptions {
  readonly entries: URL;
  readonly entriesFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Starts the app. What Electron wants before it is ready happens before this returns. */
export function startShell(options: ShellOptions): void {
  const home = dataFolder(options.environment);
  app.setName('Crateful');
  app.setPath('userData', home);
  // Windows shows notifications only of an app with this name, which its installer gives the shortcut.
  if (process.platform === 'win32') app.setAppUserModelId('org.crateful.app');
  // One app per data folder: the lock lives in it.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  declareScheme();
  // As root Chromium has no sandbox to enable, and is started without one.
  if (process.getuid?.() !== 0) app.enableSandbox();
  guardNavigation(app, isSignInSession);
  claimScheme(app);
  const links = Promise.withResolvers<(text: string) => void>();
  receiveDeepLinks(app, process.argv, links.promise);
  void app.whenReady().then(() => links.resolve(run(options, home)));
}

function dataFolder(environment: ShellOptions['environment']): string {
  const given = environment.CRATEFUL_HOME;
  const home = given ? resolve(given) : join(app.getPath('appData'), 'Crateful');
  mkdirSync(home, { recursive: true });
  return home;
}

/** Starts what needs Electron to be ready; gives where links from outside go. */
function run(options: ShellOptions, home: string): (text: string) => void {
  const { environment } = options;
  const { platform } = process;
  const logFile = createLogFile({
    folder: join(home, 'logs'),
    clock: systemClock,
    redact: (text) => redact(text, { homeFolder: app.getPath('home') }),
  });
  const ports = createShellPorts({
    logFile,
    shell,
    safeStorage,
    app,
    session: () => session.defaultSession,
    net,
    powerMonitor,
    powerSaveBlocker,
    platform,
  });
  /** What of the settings the shell itself follows. */
  const follow = (settings: Settings): void => {
    nativeTheme.themeSource = settings.theme;
    logFile.setLevel(settings.logLevel);
  };
  const settling = createSettling(systemClock);
  const keptForSession = sessionOnly(false);
  const host = createEngineHost({
    world: environment.CRATEFUL_DEMO === '1' ? 'demo' : 'real',
    build: async (world) => {
      const built = await buildWorld(world, {
        home,
        version: app.getVersion(),
        environment,
        entries: options.entries,
        demoFolder: environment.CRATEFUL_DEMO_FOLDER || null,
        ports,
        openUrl: (url, standIn) => openUrl(shell, url, standIn),
        sessionOnly: keptForSession,
        settled: settling.settled,
      });
      follow(built.engine.settings());
      return built;
    },
    rebuildRecord: (world) => rebuildWorld(world, { home, ports }),
    send: (delta) => {
      if (delta.settings) follow(delta.settings);
      window.send('delta', delta);
      state.heard(delta);
    },
  });

  denyPermissions(session.defaultSession);
  serveScheme(session.defaultSession.protocol, {
    folder: join(options.entriesFolder, '..', 'renderer'),
    coverFile: async ({ albumId, size }) => (await host.current()).desk.coverFile(albumId, size),
    mediaFile: async ({ albumId, trackId }) =>
      (await host.current()).desk.mediaFile(albumId, trackId),
  });
  const window = createMainWindow({
    preload: join(options.entriesFolder, '..', 'preload', 'preload.cjs'),
    icon: join(app.getAppPath(), 'assets', 'icon.png'),
    stateFile: join(home, 'window.json'),
    onOpened(opened) {
      settling.opened(opened);
      resident.opened(opened);
    },
  });
  const updates = createUpdates({
    resources: process.resourcesPath,
    clock: systemClock,
    log: ports.log,
    isDemo: host.isDemo,
  });
  void updates.watch();
  const calls = {
    ...createCallHandlers({
      host,
      chooseFolder: folderChooser(dialog, window.current),
      chooseNewFile: newFileChooser(dialog, window.current),
      showItemInFolder: (path) => shell.showItemInFolder(path),
      openUrl: ports.openUrl,
      openPath: (path) => shell.openPath(path),
      logFolder: logFile.folder,
      dataFolder: home,
      follow,
      writeClipboard: async (text) => clipboard.writeText(text),
      signInWithWindow: (engine) =>
        signInWithWindow(engine, {
          parent: window.current(),
          words: wordsOf(resolveLanguage(engine.settings().language, ports.locales())),
        }),
    }),
    ...createShellCalls({
      autostart: createAutostart(app, platform, environment),
      canNotify,
      logFolder: logFile.folder,
      updates,
    }),
  };
  registerCalls(ipcMain, calls, window.contents);

  const onLinks = (text: string): void => {
    // Without an engine there is nobody to take them: the window that opens says why.
    calls.addLinks({ text }).catch((error: unknown) => {
      ports.log('warning', `links: ${asCratefulError(error).code}`);
    });
    window.goTo('links');
  };
  const state = createShellState(host.current);
  const resident = createResident({
    app,
    nativeTheme,
    platform,
    environment,
    trayFolder: join(app.getAppPath(), 'assets', 'tray'),
    memoryFile: join(home, 'told.json'),
    state,
    window,
    calls,
    ports,
    settled: settling.settled,
    onLinks,
  });
  quitAfter(host, logFile);
  const hidden = isStartedHidden(platform);
  if (hidden) settling.unseen();
  resident.start(hidden);
  return onLinks;
}

/** Whether the system started the app at login, where nobody asked for a window. */
const isStartedHidden = (platform: NodeJS.Platform): boolean =>
  process.argv.includes(HIDDEN_SWITCH) ||
  // A login item of macOS brings no words along.
  (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** The app ends only after its engine has stopped cleanly; a second wish to quit does not hurry it. */
function quitAfter(host: EngineHost, logFile: LogFile): void {
  let stopping = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const ended = host.dispose().then(
      () => 0,
      () => 1,
    );
    void ended.then(async (code) => {
      await logFile.flush();
      app.exit(code);
    });
  });
}
