import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { bodyFaults, inject } from '../../support/faults.ts';

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
});
afterEach(() => world.close());

const cdn = () => world.store.requests.filter(({ kind }) => kind === 'cdn');

const parts = async () => {
  const names = await readdir(join(world.root, '.crateful'));
  return names.filter((name) => name.endsWith('.part'));
};

/** Runs as recorded; one that was cut off has no end. */
const runs = () => {
  const database = new Database(join(world.home, 'library.sqlite'), { readonly: true });
  try {
    return database.prepare('SELECT ended_at_ms FROM runs').all();
  } finally {
    database.close();
  }
};

/** A sync whose only file stops half-way; resolves once half of it has arrived. */
const stalledSync = async (...args: string[]) => {
  const stalled = inject(world.store, bodyFaults.stallAt(0.5));
  const cli = world.start(['sync', '--to', world.root, '--json', ...args]);
  await cli.said(/"type":"progress"/);
  return { cli, stalled };
};

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('stops a sync cleanly with 130 and the summary; the next goes on with a Range', async () => {
    const { cli, stalled } = await stalledSync();
    cli.kill(signal);
    const { code, lines, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(lines.at(-1)).toMatchObject({ type: 'summary', downloaded: 0, failed: 0, failures: [] });
    const [part = ''] = await parts();
    const { size } = await stat(join(world.root, '.crateful', part));
    expect(size).toBeGreaterThan(0);

    stalled.remove();
    const next = await world.run(['sync', '--json']);
    expect(next.code).toBe(0);
    expect(next.lines.at(-1)).toMatchObject({ downloaded: 1 });
    expect(cdn().map(({ range }) => range)).toEqual([null, `bytes=${size}-`]);
    expect(await parts()).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  it('ends at once when pressed again while stopping, the summary still last', async () => {
    const { cli } = await stalledSync();
    // Both at once: the second finds the first one's stop under way.
    cli.kill('SIGINT');
    cli.kill('SIGTERM');
    const { code, lines } = await cli.ended;
    expect(code).toBe(130);
    expect(lines.filter(({ type }) => type === 'summary')).toHaveLength(1);
    expect(lines.at(-1)?.type).toBe('summary');
    expect(runs()).toEqual([{ ended_at_ms: null }]);
    world.store.faults.clear();
    expect((await world.run(['sync', '--json'])).lines.at(-1)).toMatchObject({ downloaded: 1 });
  });

  it.each([
    { during: 'the sign-in', method: 'user/login', args: [] },
    { during: 'the listing', method: 'purchase/getUserPurchases', args: [] },
    { during: 'a dry run', method: 'album/get', args: ['--dry-run'] },
  ])('stops during $during, with the summary', async ({ method, args }) => {
    const asked = Promise.withResolvers<void>();
    world.store.faults.add({
      intercept(call) {
        if (call.path !== method) return null;
        asked.resolve();
        // Down: the client waits to try again, which is where it is to be stopped.
        return { status: 503, headers: {}, body: '' };
      },
    });
    const cli = world.start(['sync', '--to', world.root, '--json', ...args]);
    await asked.promise;
    cli.kill('SIGINT');
    const { code, lines } = await cli.ended;
    expect(code).toBe(130);
    expect(lines).toEqual([
      {
        type: 'summary',
        downloaded: 0,
        skipped: 0,
        failed: 0,
        unavailable: 0,
        bytes: 0,
        failures: [],
      },
    ]);
  });

  it('ends a sign-in that waits for the browser', async () => {
    const cli = world.start(['login', '--session-only'], { QOBUZ_USER_AUTH_TOKEN: undefined });
    await cli.said(/signin\/oauth/, 'stderr');
    cli.kill('SIGINT');
    const { code, stderr } = await cli.ended;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/went wrong|Error/);
  });
});

describe('a reader that goes away', () => {
  it('stops the sync as Ctrl-C does, without a stack; the next goes on with a Range', async () => {
    const slow = inject(world.store, bodyFaults.drip({ bytes: 2048, pauseMs: 50 }));
    const cli = world.start(['sync', '--to', world.root, '--json']);
    await cli.said(/"type":"progress"/);
    cli.child.stdout?.destroy();
    const { code, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    slow.remove();
    expect((await world.run(['sync', '--json'])).lines.at(-1)).toMatchObject({ downloaded: 1 });
    expect(cdn().at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('ends help quietly', async () => {
    const cli = world.start(['--help']);
    cli.child.stdout?.destroy();
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
