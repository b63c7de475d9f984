import { mkdir, readFile, rm, statfs } from 'node:fs/promises';
import { build } from '../build.mjs';
import { capture, run } from '../children.mjs';
import { hasDisplay } from '../display.mjs';
import { inRoot } from '../paths.mjs';
import { say, sayFailure } from '../say.mjs';

const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1280x900x24'];
const results = inRoot('test-results');

/** `npm test`: every stage runs, even after one failed; one plain line at the end counts them all. */
export async function test(given, args) {
  const env = { ...given, ...(await memoryForFiles()) };
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const add = (counts) => {
    for (const key of Object.keys(total)) total[key] += counts[key];
  };
  // Each keeps one core busy and none needs another's answer: side by side they take half the time.
  const checks = await Promise.all([
    check('Lint and format', () => quietly('biome', ['ci', '.'], env)),
    check('Types (main, tests)', () => quietly('tsc', ['-p', 'tsconfig.json'], env)),
    check('Types (window)', () => quietly('tsc', ['-p', 'tsconfig.web.json'], env)),
    check('Build', () => build(env).then(() => '')),
  ]);
  for (const counts of checks) add(counts);
  add(await vitest('Unit, laws, integration', ['unit', 'integration'], env, [], args));
  add(await vitest('End to end', ['e2e'], env, hasDisplay(env) ? [] : virtualDisplay, args));
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  );
  return total.failed === 0 ? 0 : 1;
}

/** Above all what tests write is flushed: in memory that costs nothing. Where there is little of it, the disk serves. */
async function memoryForFiles() {
  const space = process.platform === 'linux' ? await statfs('/dev/shm').catch(() => null) : null;
  return space && space.bavail * space.bsize > 4e9 ? { TMPDIR: '/dev/shm' } : {};
}

/** Runs one check, and says in one piece what came of it. */
async function check(title, start) {
  let complaint;
  try {
    complaint = await start();
  } catch (error) {
    say(`\n── ${title}`);
    sayFailure(error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  say(`\n── ${title}\n${complaint || 'ok'}`);
  return { passed: complaint ? 0 : 1, failed: complaint ? 1 : 0, skipped: 0 };
}

/** What a tool that found something to complain of says; nothing when it is content. */
async function quietly(command, args, env) {
  const { code, output } = await capture(command, args, { env });
  return code === 0 ? '' : output || `${command} ended with ${code}.`;
}

async function attempt(start) {
  try {
    return (await start()) === 0;
  } catch (error) {
    sayFailure(error);
    return false;
  }
}

async function vitest(title, projects, env, wrapper, args) {
  say(`\n── ${title}`);
  const file = inRoot('test-results', `${projects.join('-')}.json`);
  const [command, ...words] = [
    ...wrapper,
    'vitest',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ];
  const ok = await attempt(() => run(command, words, { env }));
  return countsOf(await readFile(file, 'utf8').catch(() => null), ok);
}

/** What a report of vitest counts; whatever made it fail without a failed test is one failure. */
export function countsOf(report, ok) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0 } = JSON.parse(report);
  return {
    passed: numPassedTests,
    failed: !ok && numFailedTests === 0 ? 1 : numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}
