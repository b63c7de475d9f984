import { SQL as initial } from './0001-initial.ts';
import { SQL as manifestStale } from './0002-manifest-stale.ts';
import { SQL as listingRows } from './0003-listing-rows.ts';
import { SQL as manifestRead } from './0004-manifest-read.ts';
import { SQL as queue } from './0005-queue.ts';
import { SQL as search } from './0006-search.ts';
import { SQL as naming } from './0007-naming.ts';
import { SQL as steps } from './0008-steps.ts';
import { SQL as decisions } from './0009-decisions.ts';

/** Every migration in order; the first brings an empty file to version 1. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [
  initial,
  manifestStale,
  listingRows,
  manifestRead,
  queue,
  search,
  naming,
  steps,
  decisions,
];
