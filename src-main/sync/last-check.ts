import { z } from 'zod';
import type { RootId } from '../../src-preload/contract/ids.ts';
import type { LastCheck } from '../../src-preload/contract/views.ts';
import type { Library } from '../library/library.ts';

const KEY = 'lastCheck';

const count = z.number().int().nonnegative();
const lastCheckSchema = z.object({
  endedAtMs: count,
  tookMs: count,
  files: count,
  bytes: count,
  missing: count,
  damaged: count,
  changed: count,
});

/** How the last check of a whole library ended; null when there was none. */
export async function readLastCheck(
  { settings }: Pick<Library, 'settings'>,
  rootId: RootId,
): Promise<LastCheck | null> {
  return lastCheckSchema.safeParse(await settings.get('root', rootId, KEY)).data ?? null;
}

/** Remembers how a check of a whole library ended. */
export const storeLastCheck = (
  { settings }: Pick<Library, 'settings'>,
  rootId: RootId,
  check: LastCheck,
): Promise<void> => settings.set('root', rootId, KEY, check);
