import type { Preference } from '../../src-preload/contract/formats.ts';

/** What `crateful sync` was told. */
export interface SyncOptions {
  readonly to?: string;
  readonly format?: Preference;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly concurrency?: number;
  readonly newRoot?: boolean;
  readonly verbose?: boolean;
}
