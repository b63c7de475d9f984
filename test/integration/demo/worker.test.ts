import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { DemoAddresses } from '../../../src-main/demo/worker.ts';

const entry = new URL('../../../src-main/demo/worker.ts', import.meta.url);
const isUp = (addresses: DemoAddresses) =>
  fetch(`${addresses.playerBase}/login`).then((response) => response.ok);

it('the demo store runs in a worker thread and posts its addresses', async () => {
  const worker = new Worker(entry);
  const [addresses] = (await once(worker, 'message')) as [DemoAddresses];
  expect(await isUp(addresses)).toBe(true);
  await worker.terminate();
  await expect(isUp(addresses)).rejects.toThrow();
});

it('the demo store runs as a child process and ends when its standard input does', async () => {
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const addresses = JSON.parse(line) as DemoAddresses;
  expect(Object.keys(addresses)).toEqual(['apiBase', 'playerBase', 'token']);
  expect(await isUp(addresses)).toBe(true);
  const ended = once(child, 'exit');
  child.stdin.end();
  expect((await ended)[0]).toBe(0);
});

it('the demo store takes its goods from the folder it is told', async () => {
  const worker = new Worker(entry, { workerData: { assetsFolder: '/nowhere' } });
  const [error] = (await once(worker, 'error')) as [Error];
  expect(error).toMatchObject({ message: 'UNEXPECTED' });
});
