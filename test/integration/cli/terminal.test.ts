import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliProcess, type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { bodyFaults, inject } from '../../support/faults.ts';
import { createScreen } from '../../support/screen.ts';

const COLUMNS = 64;
const ROWS = 16;

/** util-linux' `script` puts a terminal between us and a command; others of that name take other options. */
const hasScript = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();
const skipped = hasScript ? '' : ' (skipped: no script of util-linux here)';

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.longTable, ALBUMS.nightBus) });
});
afterEach(() => world.close());

const startOnTerminal = (...args: string[]): CliProcess =>
  world.start(args, { TERM: 'xterm-256color' }, [
    ...['bash', '-c'],
    `exec script -qefc "stty cols ${COLUMNS} rows ${ROWS} && exec \${*@Q}" /dev/null`,
    'bash',
  ]);

const shown = (output: string) => {
  const screen = createScreen(COLUMNS, ROWS);
  screen.write(output);
  return screen;
};

describe.skipIf(!hasScript)(`on a terminal${skipped}`, () => {
  it.each([
    ['n', 3, /--session-only/],
    ['y', 0, /Signed in as Demo Listener\./],
  ] as const)(
    'login without a keychain asks first: %s ends with %d',
    async (answer, code, says) => {
      const cli = startOnTerminal('login');
      await cli.said(/Go on\? \[y\/N\] /);
      expect(world.store.requests).toEqual([]);
      cli.child.stdin?.write(`${answer}\r`);
      const ended = await cli.ended;
      expect(ended.code).toBe(code);
      expect(ended.stdout).toMatch(says);
    },
  );

  it('a sync shows a bar for each running track and a total, and ends with lines that stay', async () => {
    const slow = inject(world.store, bodyFaults.stallAt(0.6));
    const cli = startOnTerminal('sync', '--to', world.root);
    // Four bars on four lines and the total below them, in one drawing.
    await cli.said(/(?: 60% [^\n]*\n[^\n]*){4} of 16 tracks/);
    const bars = shown(cli.stdout)
      .lines()
      .filter((line) => /[━─]/.test(line));
    expect(bars).toHaveLength(5);
    for (const line of bars.slice(0, 4)) {
      expect(line).toMatch(/^━{12}─{8} {2}60% {2}fetching {2}\S.* – \S/);
    }
    expect(bars[4]).toMatch(/^━*─* +\d+% {2}\d+ of 16 tracks · /);
    slow.remove();
    cli.child.stdin?.write('\u0003');
    const stopped = await cli.ended;
    expect(stopped.code).toBe(130);
    const screen = shown(stopped.stdout);
    expect(screen.cursorVisible).toBe(true);
    expect(screen.lines().join('\n')).not.toMatch(/[━─]/);
    expect(screen.lines().join('\n')).toContain('Stopped. Sync again to go on');

    const whole = await startOnTerminal('sync').ended;
    expect(whole.code).toBe(0);
    const end = shown(whole.stdout);
    expect(end.cursorVisible).toBe(true);
    const text = end.lines().join('\n');
    expect(text).not.toMatch(/[━─]/);
    expect(text.match(/^saved /gm)).toHaveLength(15);
    expect(text).toMatch(/Unavailable:\n {2}Night Bus/);
    expect(text.replaceAll('\n', '')).toMatch(
      /15 downloaded \(.+\), 0 up to date, 1 unavailable, 0 failed\.$/,
    );
  });
});
