import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { CratefulError } from '../errors.ts';

const addressesSchema = z.object({
  apiBase: z.url(),
  playerBase: z.url(),
  token: z.string().min(1),
});

/** The embedded store, running in a thread of its own. */
export interface RunningDemoStore extends z.infer<typeof addressesSchema> {
  stop(): Promise<void>;
}

/** Starts the demo store and answers once it listens. Throws UNEXPECTED when it ends before that. */
export async function startDemoStoreThread(entry: URL): Promise<RunningDemoStore> {
  const worker = new Worker(entry);
  const message = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new CratefulError('UNEXPECTED', { reason: 'the demo store ended at once' })),
    );
  });
  return {
    ...addressesSchema.parse(message),
    async stop() {
      await worker.terminate();
    },
  };
}
