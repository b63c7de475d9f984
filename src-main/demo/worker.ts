import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { startDemoStore } from './store.ts';

/** What a starter of this file learns once the store listens. */
export interface DemoAddresses {
  readonly apiBase: string;
  readonly playerBase: string;
  readonly token: string;
}

// As a worker thread it takes `workerData: { assetsFolder? }`, posts the addresses and ends with its thread;
// as a child process it prints them as one line of JSON and ends when its standard input does.
const given: unknown = isMainThread ? process.env.CRATEFUL_DEMO_ASSETS : workerData?.assetsFolder;
const store = await startDemoStore(
  typeof given === 'string' && given ? { assetsFolder: given } : {},
);
const { apiBase, playerBase, token } = store;
const addresses: DemoAddresses = { apiBase, playerBase, token };

if (parentPort) {
  parentPort.on('close', () => void store.close());
  parentPort.postMessage(addresses);
} else {
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  process.stdin.on('end', () => void store.close());
  process.stdin.resume();
}
