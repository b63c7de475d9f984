import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { notesBundledPackages } from './scripts/licences/bundled-packages.ts';

const source = (path: string): string => join(import.meta.dirname, path);

/** One file of `out/main` for each of these. Workers and the command line run without Electron. */
const mainEntries = {
  electron: source('src-main/electron/main.ts'),
  cli: source('src-main/cli/main.ts'),
  'audio-worker': source('src-main/audio/worker.ts'),
  'backup-worker': source('src-main/library/backup-worker.ts'),
  'scan-worker': source('src-main/files/scan-worker.ts'),
  'demo-store': source('src-main/demo/worker.ts'),
};

export default defineConfig({
  main: {
    plugins: [notesBundledPackages(import.meta.dirname, 'main')],
    build: {
      rolldownOptions: {
        input: mainEntries,
        // Shared chunks lie beside the entries, so that a path relative to a module holds for all of them.
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [notesBundledPackages(import.meta.dirname, 'preload')],
    build: {
      rolldownOptions: {
        input: { preload: source('src-preload/preload.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('src-renderer'),
    plugins: [react(), notesBundledPackages(import.meta.dirname, 'renderer')],
    // Puts a <meta property="csp-nonce"> into the page; the shell fills in the nonce at each load.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: source('out/renderer'),
      minify: true,
      // Nothing is inlined: the content security policy has no `data:`.
      assetsInlineLimit: 0,
      rolldownOptions: { input: source('src-renderer/index.html') },
    },
  },
});
