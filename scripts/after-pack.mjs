import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { FUSE_CONFIG } from './fuses.ts';

/** electron-builder's hook, before anything is signed: Electron's own sample app is no part of ours; fuses are set. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  await flipFuses(join(appOutDir, programOf(electronPlatformName, packager)), FUSE_CONFIG);
}

function programOf(platform, { appInfo, executableName }) {
  if (platform === 'darwin') return `${appInfo.productFilename}.app`;
  return platform === 'win32' ? `${appInfo.productFilename}.exe` : executableName;
}
