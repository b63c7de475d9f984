import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildScenePages } from './scene-pages.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the scenes' built page. */
    scenePages: string;
  }
}

/** Builds the scenes once for all files that show some; gives how to clean up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const pages = await mkdtemp(join(tmpdir(), 'crateful-scenes-'));
  await buildScenePages(pages);
  project.provide('scenePages', pages);
  return () => rm(pages, { recursive: true, force: true });
}
