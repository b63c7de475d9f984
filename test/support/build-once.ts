import { build } from '../../scripts/build.mjs';

/** Builds `out/` before the tests when a source changed: workers and the command line run from there. */
export async function setup(): Promise<void> {
  await build(process.env);
}
