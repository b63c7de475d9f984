import { dirname } from 'node:path';
import { flushFolder, makeFolders } from './file-system.ts';
import type { RelocateParts } from './relocate.ts';
import { areSame } from './relocate.ts';
import { type Expected, type Given, glimpse, isExpected, stayReason } from './shift.ts';

/** How a file is brought to another place. */
export interface BringRequest {
  readonly source: string;
  readonly target: string;
  /** Where a copy grows: on the target's volume, a name that is free to be used. */
  readonly copy: string;
  readonly expected: Expected;
  /** True where both are to be changed by themselves from then on: then it is a copy, never a second name. */
  readonly apart: boolean;
}

/**
 * Gives a file a second place without touching the first: another name for the same bytes, or a copy that is flushed, read
 * back and compared. What is there already is taken for it only when it is the same; nothing is overwritten. A kill at any
 * point leaves no half file under a final name; called again it goes on.
 *
 * Throws the system's errors that are not about this file alone.
 */
export async function bringBeside(parts: RelocateParts, request: BringRequest): Promise<Given> {
  const { fs } = parts;
  const { source, target, expected } = request;
  const stays = (reason: Extract<Given, { names: 'old' }>['stays']): Given => ({
    names: 'old',
    stays: reason,
  });
  try {
    const [old, there] = [await glimpse(fs, source), await glimpse(fs, target)];
    if (old === null) {
      return there && isExpected(there, { ...expected, modifiedMs: null })
        ? { names: 'new' }
        : stays('vanished');
    }
    if (!isExpected(old, expected)) return stays('changed');
    if (there) {
      return (await areSame(parts, source, target)) ? { names: 'both' } : stays('occupied');
    }
    await makeFolders(fs, dirname(target));
    const isLinked = !request.apart && (await link(parts, source, target));
    if (!isLinked && !(await copy(parts, request))) return stays('changed');
    await flushFolder(fs, dirname(target));
    return { names: 'both' };
  } catch (error) {
    const reason = stayReason(error);
    if (reason === null) throw error;
    return stays(reason);
  }
}

async function link({ fs }: RelocateParts, source: string, target: string): Promise<boolean> {
  try {
    await fs.link(source, target);
    return true;
  } catch {
    // EXDEV, EPERM, ENOTSUP, …: systems differ in how they say no. What else is wrong shows in the copy.
    return false;
  }
}

/** Gives whether the copy was made; false when the source changed under it. */
async function copy(parts: RelocateParts, request: BringRequest): Promise<boolean> {
  const { fs, hash } = parts;
  const { source, target, copy: path, expected } = request;
  await fs.rm(path, { force: true });
  await makeFolders(fs, dirname(path));
  await fs.copyFile(source, path);
  const before = await fs.stat(source);
  await fs.utimes(path, before.atime, before.mtime);
  const handle = await fs.open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const [ours, theirs] = await Promise.all([hash(path), hash(source)]);
  const after = await fs.stat(source);
  if (ours.sha256 !== theirs.sha256 || !isExpected(after, expected)) {
    await fs.rm(path, { force: true });
    return false;
  }
  if (!(await link(parts, path, target))) {
    if (await glimpse(fs, target)) throw Object.assign(new Error('occupied'), { code: 'EEXIST' });
    await fs.rename(path, target);
    return true;
  }
  await fs.unlink(path);
  return true;
}
