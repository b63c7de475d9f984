import { mkdir, readFile, rm } from 'node:fs/promises';
import { build } from '../build.mjs';
import { capture, run } from '../children.mjs';
import { hasDisplay } from '../display.mjs';
import { inRoot } from '../paths.mjs';
import { say, sayFailure } from '../say.mjs';

const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1280x900x24'];
const results = inRoot('test-results');

/** `npm test`: every stage runs, even after one failed; one plain line at the end counts them all. */
export async function test(env, args) {
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const add = (counts) => {
    for (const key of Object.keys(total)) total[key] += counts[key];
  };
  /** Runs the tests of some projects; gives what they count, and what was said when it was captured. */
  const vitest = async (projects, wrapper, start) => {
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
    const ended = await start(command, words, { env });
    const { code, output = '' } = typeof ended === 'number' ? { code: ended } : ended;
    const report = await readFile(file, 'utf8').catch(() => null);
    return { ...countsOf(report, code === 0), output };
  };
  // Each keeps one core busy and none needs another's answer: side by side they take half the time.
  const checks = await Promise.all([
    check('Lint and format', () => quietly('biome', ['ci', '.'], env)),
    check('Types (main, tests)', () => quietly('tsc', ['-p', 'tsconfig.json'], env)),
    check('Types (window)', () => quietly('tsc', ['-p', 'tsconfig.web.json'], env)),
    check('Build', () => build(env).then(() => '')),
  ]);
  for (const counts of checks) add(counts);
  // Both wait much: for a kill's heartbeat, for a window to draw. Together they fill the time of two cores.
  const windows = vitest(['e2e'], hasDisplay(env) ? [] : virtualDisplay, capture);
  say('\n── Unit, laws, integration');
  add(await vitest(['unit', 'integration'], [], run));
  const { output, ...counts } = await windows;
  say(`\n── End to end\n${output}`);
  add(counts);
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  );
  return total.failed === 0 ? 0 : 1;
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
