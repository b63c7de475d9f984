// The one entry of every npm script: makes the machine ready, then runs a task. Plain JavaScript without
// dependencies, so that it starts on any Node from 18 on.
import { say, sayFailure } from './say.mjs';
import { setUp } from './setup.mjs';

const tasks = {
  setup: { electron: true, load: async () => async () => say('Ready.') || 0 },
  build: { electron: false, load: () => import('./tasks/build.mjs').then((task) => task.build) },
  start: { electron: true, load: () => import('./tasks/start.mjs').then((task) => task.start) },
  demo: { electron: true, load: () => import('./tasks/demo.mjs').then((task) => task.demo) },
  cli: { electron: false, load: () => import('./tasks/cli.mjs').then((task) => task.cli) },
  test: { electron: true, load: () => import('./tasks/test.mjs').then((task) => task.test) },
  screenshots: {
    electron: true,
    load: () => import('./tasks/screenshots.mjs').then((task) => task.screenshots),
  },
  package: {
    electron: true,
    load: () => import('./tasks/package.mjs').then((task) => task.packageApp),
  },
  faults: { electron: false, load: () => import('./tasks/faults.mjs').then((task) => task.faults) },
  licences: {
    electron: false,
    load: () => import('./tasks/licences.mjs').then((task) => task.licences),
  },
  sbom: { electron: false, load: () => import('./tasks/sbom.mjs').then((task) => task.sbom) },
  audit: { electron: false, load: () => import('./tasks/audit.mjs').then((task) => task.audit) },
  bench: { electron: true, load: () => import('./tasks/bench.mjs').then((task) => task.bench) },
};

const [name = '', ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) {
  say(`Unknown task "${name}". There are: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
try {
  const env = await setUp({ electron: task.electron });
  const start = await task.load();
  process.exitCode = await start(env, args);
} catch (error) {
  sayFailure(error);
  process.exitCode = 1;
}
