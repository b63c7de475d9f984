import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import type { RecordedRequest } from '../../src-main/demo/store.ts';
import type { DemoAddresses } from '../../src-main/demo/worker.ts';
import { startChild } from './child.ts';

/** How a store is reached; the app's pair is given so that nothing of it lands in the system's keychain. */
export interface StoreAddresses extends DemoAddresses {
  readonly appId: string;
  readonly appSecret: string;
}

/** One request, from its head to the last byte of its answer; Unix milliseconds with fractions. */
export interface StoreSpan {
  /** For the API the method's name, as `album/get`; else the path. */
  readonly path: string;
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
  | { readonly ask: 'spans' }
  /** Requests of files, from the one with this number on. */
  | { readonly ask: 'files'; readonly from: number };

/** What the store's process answers. */
export type StoreReply =
  | { readonly kind: 'listening'; readonly addresses: StoreAddresses }
  | { readonly kind: 'files'; readonly files: readonly RecordedRequest[] }
  | { readonly kind: 'spans'; readonly spans: readonly StoreSpan[] };

/** A demo store in a process of its own. */
export interface BenchStore {
  readonly addresses: StoreAddresses;
  /** The requests answered since this was last asked. */
  spans(): Promise<readonly StoreSpan[]>;
  /** All requests of files but the first `from`, answered or not. */
  files(from: number): Promise<readonly RecordedRequest[]>;
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
    async files(from) {
      child.tell({ ask: 'files', from });
      const reply = await child.hear();
      return reply.kind === 'files' ? reply.files : [];
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
