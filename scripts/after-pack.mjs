import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** electron-builder's hook: Electron's own sample app is no part of ours. */
export default async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
