import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import type { DemoAddresses } from '../../src-main/demo/worker.ts';
import { startChild } from './child.ts';

/** One request, from its head to the last byte of its answer; Unix milliseconds with fractions. */
export interface StoreSpan {
  /** For the API the method's name, as `album/get`; else the path. */
  readonly path: string;
  readonly range: string | null;
  /** The track id of a file's request. */
  readonly trackId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the store's process is told. */
export type StoreMessage =
  | {
      readonly ask: 'start';
      readonly catalogue: CatalogueData;
      /** Where its audio lies; the demo's assets when null. */
      readonly assetsFolder: string | null;
    }
  | { readonly ask: 'spans' };

/** What the store's process answers. */
export type StoreReply =
  | { readonly kind: 'listening'; readonly addresses: DemoAddresses }
  | { readonly kind: 'spans'; readonly spans: readonly StoreSpan[] };

/** A demo store in a process of its own. */
export interface BenchStore {
  readonly addresses: DemoAddresses;
  /** The requests answered since this was last asked. */
  spans(): Promise<readonly StoreSpan[]>;
  close(): Promise<void>;
}

/** Starts a store with these contents. */
export async function startStore(
  catalogue: CatalogueData,
  assetsFolder: string | null = null,
): Promise<BenchStore> {
  const child = startChild<StoreMessage, StoreReply>('./store-child.ts');
  child.tell({ ask: 'start', catalogue, assetsFolder });
  const started = await child.hear();
  if (started.kind !== 'listening') throw new Error('The store did not start.');
  return {
    addresses: started.addresses,
    async spans() {
      child.tell({ ask: 'spans' });
      const reply = await child.hear();
      return reply.kind === 'spans' ? reply.spans : [];
    },
    close: () => child.end(),
  };
}

/** Milliseconds in which at least one of the requests was under way. */
export function busyMs(spans: readonly StoreSpan[]): number {
  let busy = 0;
  let until = 0;
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    busy += Math.max(0, toMs - Math.max(fromMs, until));
    until = Math.max(until, toMs);
  }
  return busy;
}
