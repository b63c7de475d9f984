import { mkdir, readFile, rm } from 'node:fs/promises';
import { build } from '../build.mjs';
import { run } from '../children.mjs';
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
  add(await check('Lint and format', () => run('biome', ['ci', '.'], { env })));
  add(await check('Types (main, tests)', () => run('tsc', ['-p', 'tsconfig.json'], { env })));
  add(await check('Types (window)', () => run('tsc', ['-p', 'tsconfig.web.json'], { env })));
  add(await check('Build', () => build(env).then(() => 0)));
  add(await vitest('Unit, laws, integration', ['unit', 'integration'], env, [], args));
  add(await vitest('End to end', ['e2e'], env, hasDisplay(env) ? [] : virtualDisplay, args));
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  );
  return total.failed === 0 ? 0 : 1;
}

async function check(title, start) {
  say(`\n── ${title}`);
  const ok = await attempt(start);
  if (ok) say('ok');
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
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
