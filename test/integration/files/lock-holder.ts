/** A process that takes the lock named by its first argument, says so, and holds it until its stdin ends. */
import { hostname } from 'node:os';
import { systemClock } from '../../../src-main/clock.ts';
import { asCratefulError } from '../../../src-main/errors.ts';
import { nodeFileSystem } from '../../../src-main/files/file-system.ts';
import { acquireLock } from '../../../src-main/files/lock.ts';

try {
  const lock = await acquireLock(nodeFileSystem, String(process.argv[2]), {
    pid: process.pid,
    host: hostname(),
    clock: systemClock,
    heartbeatMs: 50,
    staleMs: 60_000,
    what: 'the holder',
  });
  process.stdout.write('held\n');
  process.stdin.on('end', async () => {
    await lock.release();
    process.stdout.write('released\n');
    process.exit(0);
  });
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${JSON.stringify(asCratefulError(error).toView())}\n`);
}
