import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliWorld, createCliWorld } from '../../support/cli-process.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { bodyFaults, inject } from '../../support/faults.ts';

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld({ catalogue: demoAlbums(ALBUMS.oneTake) });
});
afterEach(() => world.close());

describe('a second command line', () => {
  it.each([
    { over: 'data folder', home: null },
    { over: 'music folder', home: 'another home' },
  ])('on the same $over ends with 4 and says who holds it', async ({ home }) => {
    const stalled = inject(world.store, bodyFaults.stallAt(0.5));
    const first = world.start(['sync', '--to', world.root, '--json']);
    await first.said(/"type":"progress"/);
    const second = await world.run(
      ['sync', '--to', world.root, '--json'],
      home === null ? {} : { CRATEFUL_HOME: join(world.folder, home) },
    );
    expect(second.code).toBe(4);
    expect(second.lines).toMatchObject([
      {
        type: 'notice',
        level: 'error',
        code: 'ALREADY_RUNNING',
        message: expect.stringContaining(`Crateful, process ${first.child.pid}`),
      },
      { type: 'summary', downloaded: 0 },
    ]);
    if (home === null) {
      const status = await world.run(['status']);
      expect(status).toMatchObject({ code: 4, stdout: '' });
      expect(status.stderr).toMatch(
        /^Crateful is already at work here\. Held by Crateful, process \d+ since \S.*\./,
      );
    }
    stalled.remove();
    first.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
  });

  it('takes over at once from one that was killed', async () => {
    const stalled = inject(world.store, bodyFaults.stallAt(0.5));
    const first = world.start(['sync', '--to', world.root, '--json']);
    await first.said(/"type":"progress"/);
    first.kill('SIGKILL');
    await first.ended;
    stalled.remove();
    const second = await world.run(['sync', '--json']);
    expect(second.code).toBe(0);
    expect(second.lines.at(-1)).toMatchObject({ downloaded: 1 });
  });
});
