import { BrowserWindow, nativeTheme, screen } from 'electron';
import { PAGE_URL } from './addresses.ts';
import {
  MINIMUM_SIZE,
  readWindowState,
  restoredState,
  type WindowState,
  writeWindowState,
} from './window-state.ts';

/** What the window needs from outside. */
export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where size and place are remembered. */
  readonly stateFile: string;
  /** Opened minimized: there, and out of the way. */
  readonly minimized?: boolean;
}

/** Opens the one window on our own page, hardened as Electron's security list asks. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, theme, ...bounds } = restoredState(readWindowState(options.stateFile), areas);
  nativeTheme.themeSource = theme;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Crateful',
    icon: options.icon,
    show: false,
    autoHideMenuBar: true,
    // The page's own background, so that nothing flashes before its first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#171513' : '#faf8f4',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (options.minimized) return window.minimize();
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => writeWindowState(options.stateFile, stateOf(window)));
  // The page's <title> does not rename the window.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(PAGE_URL);
  return window;
}

const stateOf = (window: BrowserWindow): WindowState => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
  theme: nativeTheme.themeSource,
});
