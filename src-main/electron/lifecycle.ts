import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  app,
  type BrowserWindow,
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
import { channelOf } from '../../src-preload/contract/call-names.ts';
import { resolveLanguage } from '../../src-preload/contract/language.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import { systemClock } from '../clock.ts';
import { redact } from '../redaction.ts';
import { wordsOf } from '../words.ts';
import { createCallHandlers, folderChooser } from './calls.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { denyPermissions, guardNavigation } from './guards.ts';
import { registerCalls } from './ipc.ts';
import { createLogFile, type LogFile } from './log-file.ts';
import { installMenu } from './menu.ts';
import { declareScheme, serveScheme } from './protocol.ts';
import { createShellPorts } from './shell-ports.ts';
import { signInWithWindow } from './sign-in.ts';
import { isSignInSession } from './sign-in-window.ts';
import { openWindow } from './window.ts';
import { buildWorld } from './worlds.ts';

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
  // One app per data folder: the lock lives in it.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  declareScheme();
  // As root Chromium has no sandbox to enable, and is started without one.
  if (process.getuid?.() !== 0) app.enableSandbox();
  guardNavigation(app, isSignInSession);
  void app.whenReady().then(() => run(options, home));
}

function dataFolder(environment: ShellOptions['environment']): string {
  const given = environment.CRATEFUL_HOME;
  const home = given ? resolve(given) : join(app.getPath('appData'), 'Crateful');
  mkdirSync(home, { recursive: true });
  return home;
}

function run(options: ShellOptions, home: string): void {
  const { environment } = options;
  let window: BrowserWindow | null = null;
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
    platform: process.platform,
  });
  /** What of the settings the shell itself follows. */
  const settle = (settings: Settings): void => {
    nativeTheme.themeSource = settings.theme;
    logFile.setLevel(settings.logLevel);
  };
  const sessionSecrets = new Map<string, string>();
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
        sessionSecrets,
      });
      settle(built.engine.settings());
      return built;
    },
    send: (delta) => {
      if (delta.settings) settle(delta.settings);
      if (window && !window.isDestroyed()) window.webContents.send(channelOf('delta'), delta);
    },
  });

  denyPermissions(session.defaultSession);
  serveScheme(session.defaultSession.protocol, {
    folder: join(options.entriesFolder, '..', 'renderer'),
    coverFile: async ({ albumId, size }) => (await host.current()).desk.coverFile(albumId, size),
    mediaFile: async ({ albumId, trackId }) =>
      (await host.current()).desk.mediaFile(albumId, trackId),
  });
  registerCalls(
    ipcMain,
    createCallHandlers({
      host,
      chooseFolder: folderChooser(dialog, () => window),
      showItemInFolder: (path) => shell.showItemInFolder(path),
      openUrl: ports.openUrl,
      openPath: (path) => shell.openPath(path),
      logFolder: logFile.folder,
      writeClipboard: async (text) => clipboard.writeText(text),
      signInWithWindow: (engine) =>
        signInWithWindow(engine, {
          parent: window,
          words: wordsOf(resolveLanguage(engine.settings().language, ports.locales())),
        }),
    }),
    () => (window && !window.isDestroyed() ? window.webContents : null),
  );
  installMenu(process.platform, app.isPackaged);

  const show = (): void => {
    window = openWindow({
      preload: join(options.entriesFolder, '..', 'preload', 'preload.cjs'),
      icon: join(app.getAppPath(), 'assets', 'icon.png'),
      stateFile: join(home, 'window.json'),
    });
    window.on('closed', () => {
      window = null;
    });
  };
  app.on('activate', () => {
    if (window === null) show();
  });
  app.on('second-instance', () => {
    if (window === null) show();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitAfter(host, logFile);
  show();
}

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
