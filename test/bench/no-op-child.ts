import { benchEngine } from './bench-engine.ts';
import type { NoOpRun, NoOpTask } from './no-op.ts';

/*
 * One sync with nothing to do, in a fresh process: nothing is warm but the disk's cache, as on a real start.
 */

process.once('message', async ({ home, root, addresses }: NoOpTask) => {
  const engine = await benchEngine(home, addresses);
  let deltas = 0;
  engine.onDelta(() => {
    deltas += 1;
  });
  await engine.confirmSession();
  await engine.useFolder(root);
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const from = process.cpuUsage();
  const at = performance.now();
  const ended = await engine.startSync();
  const wallMs = performance.now() - at;
  const { user, system } = process.cpuUsage(from);
  await engine.dispose();
  const run: NoOpRun = {
    wallMs,
    cpuMs: (user + system) / 1000,
    deltas,
    state: ended.state,
    skipped: ended.totals.skipped,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send?.(run);
  process.disconnect();
});
