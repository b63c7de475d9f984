import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words.ts';

/** What the app's menu stands on. */
export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly words: Pick<ShellWords, 't'>;
  onSettings(): void;
}

/** The standard menu: on macOS copy and paste work only through it. Developer tools in development only. */
export function installMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

/** The menu's lines, in the words given. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, packaged, onSettings } = options;
  const { t } = options.words;
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings: MenuItemConstructorOptions = {
    label: t('shell.menu.settings'),
    accelerator: 'CommandOrControl+,',
    click: onSettings,
  };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: t('shell.menu.quit') };
  const close: MenuItemConstructorOptions = { role: 'close', label: t('shell.menu.close') };
  const ofTheApp: MenuItemConstructorOptions = {
    label: 'Crateful',
    submenu: [
      { role: 'about', label: t('shell.menu.about') },
      separator,
      settings,
      separator,
      { role: 'hide', label: t('shell.menu.hide') },
      { role: 'hideOthers', label: t('shell.menu.hideOthers') },
      { role: 'unhide', label: t('shell.menu.showAll') },
      separator,
      quit,
    ],
  };
  return [
    ...(isMac ? [ofTheApp] : []),
    {
      label: t('shell.menu.file'),
      submenu: isMac ? [close] : [settings, separator, close, quit],
    },
    {
      label: t('shell.menu.edit'),
      submenu: [
        { role: 'undo', label: t('shell.menu.undo') },
        { role: 'redo', label: t('shell.menu.redo') },
        separator,
        { role: 'cut', label: t('shell.menu.cut') },
        { role: 'copy', label: t('shell.menu.copy') },
        { role: 'paste', label: t('shell.menu.paste') },
        { role: 'selectAll', label: t('shell.menu.selectAll') },
      ],
    },
    {
      label: t('shell.menu.view'),
      submenu: [
        { role: 'reload', label: t('shell.menu.reload') },
        ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
        separator,
        { role: 'resetZoom', label: t('shell.menu.actualSize') },
        { role: 'zoomIn', label: t('shell.menu.zoomIn') },
        { role: 'zoomOut', label: t('shell.menu.zoomOut') },
        separator,
        { role: 'togglefullscreen', label: t('shell.menu.fullScreen') },
      ],
    },
    {
      label: t('shell.menu.window'),
      submenu: [{ role: 'minimize', label: t('shell.menu.minimize') }, close],
    },
  ];
}
