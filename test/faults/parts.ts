import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Asked } from '../support/engine-harness.ts';

/** Bytes of each track's part on the disk, by the names of the files and the rows of the jobs. */
export async function partsOf(at: {
  readonly root: string;
  readonly home: string;
}): Promise<Map<number, number>> {
  const work = join(at.root, '.crateful');
  const names = (await readdir(work).catch(() => [])).filter((name) => name.endsWith('.part'));
  const parts = new Map<number, number>();
  if (names.length === 0) return parts;
  const database = new Database(join(at.home, 'library.sqlite'), { readonly: true });
  try {
    const trackOf = database.prepare<[string], { track: number | null }>(
      'SELECT track_id AS track FROM jobs WHERE id = ?',
    );
    for (const name of names) {
      const track = trackOf.get(name.slice(0, -'.part'.length))?.track ?? null;
      if (track !== null) parts.set(track, (await stat(join(work, name))).size);
    }
    return parts;
  } finally {
    database.close();
  }
}

/** Bytes that the first request for each file asks for although its part had them. */
export function keptAgain(asked: readonly Asked[], parts: ReadonlyMap<number, number>): number {
  const firsts = new Map<number, number>();
  for (const { call, trackId, request } of asked) {
    if (call !== 'file' || trackId === null || firsts.has(trackId)) continue;
    firsts.set(trackId, Number(/^bytes=(\d+)-/.exec(request.range ?? '')?.[1] ?? 0));
  }
  return [...firsts].reduce(
    (sum, [track, start]) => sum + Math.max(0, (parts.get(track) ?? 0) - start),
    0,
  );
}
