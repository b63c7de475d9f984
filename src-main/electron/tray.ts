import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import { pictureOf, type TrayLook, trayImage } from './tray-icon.ts';
import type { TrayAction, TrayItem, TrayModel } from './tray-model.ts';

/** Changes that come together are shown together: Linux builds the whole menu anew for each. */
const GATHER_MS = 300;

/** What the tray stands on. */
export interface TrayOptions {
  /** `assets/tray`. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  look(): TrayLook;
  /** What it is to show now. */
  model(): TrayModel;
  act(action: TrayAction): void;
  /** Text or links dropped on the icon (macOS). */
  onLinks(text: string): void;
}

/** The icon beside the clock. */
export interface TrayShown {
  /** Something it shows may have changed. */
  refresh(): void;
  dispose(): void;
}

/** Puts the icon into the tray. What a click on it does stands in its menu as well: not every desktop tells of clicks. */
export function showTray(options: TrayOptions): TrayShown {
  let picture = '';
  let menu = '';
  let title = '';
  let tooltip = '';
  let timer: NodeJS.Timeout | null = null;

  const imageOf = (model: TrayModel) => {
    const look = options.look();
    picture = `${look}/${pictureOf(model)}`;
    return trayImage(options.folder, options.platform, look, pictureOf(model));
  };
  const tray = new Tray(imageOf(options.model()));

  const template = (items: readonly TrayItem[]): MenuItemConstructorOptions[] =>
    items.map((item) => {
      if ('separator' in item) return { type: 'separator' };
      if ('items' in item) return { label: item.label, submenu: template(item.items) };
      const { label, enabled, action } = item;
      return { label, enabled, ...(action && { click: () => options.act(action) }) };
    });

  const show = () => {
    timer = null;
    const model = options.model();
    if (`${options.look()}/${pictureOf(model)}` !== picture) tray.setImage(imageOf(model));
    if (model.tooltip !== tooltip) tray.setToolTip(model.tooltip);
    tooltip = model.tooltip;
    const percent = model.share === null ? '' : ` ${Math.floor(model.share * 100)}%`;
    if (options.platform === 'darwin' && percent !== title) {
      tray.setTitle(percent, { fontType: 'monospacedDigit' });
    }
    title = percent;
    const items = JSON.stringify(model.items);
    if (items !== menu) tray.setContextMenu(Menu.buildFromTemplate(template(model.items)));
    menu = items;
  };

  show();
  tray.on('click', () => {
    // On macOS a click opens the menu.
    if (options.platform !== 'darwin') options.act({ do: 'open' });
  });
  tray.on('drop-text', (_event, text) => options.onLinks(text));
  return {
    refresh() {
      timer ??= setTimeout(show, GATHER_MS);
    },
    dispose() {
      if (timer) clearTimeout(timer);
      tray.destroy();
    },
  };
}
