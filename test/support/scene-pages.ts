import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Where the scenes' page and the window around it are. */
export const SCENE_SOURCES = join(import.meta.dirname, '..', 'e2e', 'window');

/** Builds the page of all scenes into `folder`. */
export async function buildScenePages(folder: string): Promise<void> {
  await build({
    root: SCENE_SOURCES,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: join(SCENE_SOURCES, 'scene.html') },
    },
  });
}
