import { extname } from 'node:path';
import type { Dialog } from 'electron';
import type { CallSurroundings } from './calls.ts';

/** The folder dialog, as a sheet of the live window where there is one. */
export function folderChooser(
  dialog: Dialog,
  window: () => Electron.BrowserWindow | null,
): CallSurroundings['chooseFolder'] {
  return async (from) => {
    const options: Electron.OpenDialogOptions = {
      properties: ['openDirectory', 'createDirectory'],
      ...(from === null ? {} : { defaultPath: from }),
    };
    const parent = window();
    const answer = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  };
}

/** The dialog for a new file, likewise; the system asks before one that is there is replaced. */
export function newFileChooser(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: () => Electron.BrowserWindow | null,
): CallSurroundings['chooseNewFile'] {
  return async (name) => {
    const extension = extname(name).slice(1);
    const options: Electron.SaveDialogOptions = {
      defaultPath: name,
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    };
    const parent = window();
    const answer = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  };
}
