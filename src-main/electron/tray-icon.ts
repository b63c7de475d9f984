import { join } from 'node:path';
import { type NativeImage, nativeImage } from 'electron';
import type { TrayModel } from './tray-model.ts';

/** The drawings of an icon: for light panels, for dark ones, and black for macOS to colour. */
export type TrayLook = 'light' | 'dark' | 'template';

/** The bar in the icon grows in this many steps; scripts/icons/make-tray.mjs draws one picture for each. */
export const PROGRESS_STEPS = 8;

/** Pixels of the picture for each scale of the screen (scripts/icons/make-tray.mjs draws these sizes). */
const SIZES: Readonly<
  Record<'darwin' | 'win32' | 'linux', readonly (readonly [number, number])[]>
> = {
  darwin: [
    [1, 16],
    [2, 32],
  ],
  win32: [
    [1, 16],
    [1.5, 24],
    [2, 32],
  ],
  linux: [
    [1, 22],
    [2, 44],
  ],
};

/** Desktops whose panel is dark whatever the applications look like. */
const DARK_PANELS = /gnome|unity|pantheon|cinnamon/i;

/** Which drawing suits the panel the icon stands in. */
export function trayLook(system: {
  readonly platform: NodeJS.Platform;
  /** Whether the system's own surfaces are dark. */
  readonly dark: boolean;
  /** `XDG_CURRENT_DESKTOP`. */
  readonly desktop: string;
}): TrayLook {
  if (system.platform === 'darwin') return 'template';
  const dark = system.platform === 'linux' && DARK_PANELS.test(system.desktop) ? true : system.dark;
  return dark ? 'dark' : 'light';
}

/** The name of the picture for a state: `idle`, `attention`, `offline`, or `sync-0` to `sync-8`. */
export function pictureOf({ state, share }: Pick<TrayModel, 'state' | 'share'>): string {
  if (state !== 'syncing') return state;
  return `sync-${Math.floor((share ?? 0) * PROGRESS_STEPS)}`;
}

/** Reads a picture in the sizes the platform shows. */
export function trayImage(
  folder: string,
  platform: NodeJS.Platform,
  look: TrayLook,
  picture: string,
): NativeImage {
  const image = nativeImage.createEmpty();
  const sizes = platform === 'darwin' || platform === 'win32' ? SIZES[platform] : SIZES.linux;
  for (const [scaleFactor, size] of sizes) {
    const file = nativeImage.createFromPath(join(folder, look, `${picture}-${size}.png`));
    image.addRepresentation({ scaleFactor, buffer: file.toPNG() });
  }
  if (look === 'template') image.setTemplateImage(true);
  return image;
}
