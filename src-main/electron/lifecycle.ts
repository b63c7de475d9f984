import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  app,
  type BrowserWindow,
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
import { createCallHandlers, folderChooser } from './calls.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';
import { denyPermissions, guardNavigation } from './guards.ts';
import { registerCalls } from './ipc.ts';
import { installMenu } from './menu.ts';
import { declareScheme, serveScheme } from './protocol.ts';
import { createShellPorts } from './shell-ports.ts';
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
  guardNavigation(app);
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
  const ports = createShellPorts({
    shell,
    safeStorage,
    app,
    session: () => session.defaultSession,
    net,
    powerMonitor,
    powerSaveBlocker,
    platform: process.platform,
  });
  const sessionSecrets = new Map<string, string>();
  const host = createEngineHost({
    world: environment.CRATEFUL_DEMO === '1' ? 'demo' : 'real',
    build: (world) =>
      buildWorld(world, {
        home,
        version: app.getVersion(),
        environment,
        entries: options.entries,
        demoFolder: environment.CRATEFUL_DEMO_FOLDER || null,
        ports,
        sessionSecrets,
      }),
    send: (delta) => {
      if (delta.settings) nativeTheme.themeSource = delta.settings.theme;
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
  quitAfter(host);
  show();
}

/** The app ends only after its engine has stopped cleanly; a second wish to quit does not hurry it. */
function quitAfter(host: EngineHost): void {
  let stopping = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    host.dispose().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}
