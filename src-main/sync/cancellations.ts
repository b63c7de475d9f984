import { z } from 'zod';
import type { RootId } from '../../src-preload/contract/ids.ts';
import type { Library } from '../library/library.ts';

/**
 * What somebody cancelled under the root in use, by subject, kept over restarts: neither the schedule nor a run that goes
 * on brings it back, only a person who asks for it, or for everything.
 */
export interface Cancellations {
  has(subject: string): boolean;
  add(subjects: readonly string[]): Promise<void>;
  /** Forgets these, because they are asked for. */
  drop(subjects: readonly string[]): Promise<void>;
  /** Forgets all, because everything is asked for. */
  clear(): Promise<void>;
  /** Reads those of a root; null for none. */
  load(root: RootId | null): Promise<void>;
}

const KEY = 'cancelled';
const schema = z.array(z.string()).catch([]);

/** Makes the cancellations of one engine. */
export function createCancellations({ settings }: Pick<Library, 'settings'>): Cancellations {
  let root: RootId | null = null;
  let subjects = new Set<string>();

  const store = async () => {
    if (!root) return;
    await settings.set('root', root, KEY, subjects.size === 0 ? undefined : [...subjects]);
  };
  const change = async (changed: readonly string[], how: 'add' | 'delete') => {
    const before = subjects.size;
    for (const subject of changed) subjects[how](subject);
    if (subjects.size !== before) await store();
  };

  return {
    has: (subject) => subjects.has(subject),
    add: (added) => change(added, 'add'),
    drop: (dropped) => change(dropped, 'delete'),
    clear: () => change([...subjects], 'delete'),
    async load(next) {
      const stored = next ? (await settings.all('root', next))[KEY] : [];
      root = next;
      subjects = new Set(schema.parse(stored ?? []));
    },
  };
}
