import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { WORK_FOLDER } from './work-folder.ts';

/** How much is in a folder, as far as it was counted. */
export interface FolderCount {
  readonly files: number;
  readonly audioFiles: number;
  /** Whether counting stopped before the end. */
  readonly areMore: boolean;
}

/**
 * Counts the files below a folder, Crateful's own and links left out, until `most` entries were seen. Entries come in
 * small batches from the system's threads, so that nothing else waits. What cannot be read counts as nothing.
 */
export async function countFiles(
  fs: Pick<FileSystem, 'opendir'>,
  folder: string,
  options: { readonly most: number; readonly isAudio: (name: string) => boolean },
): Promise<FolderCount> {
  const { most, isAudio } = options;
  let files = 0;
  let audioFiles = 0;
  let entries = 0;
  const ahead = [folder];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    try {
      for await (const entry of await fs.opendir(next, { bufferSize: 256 })) {
        if (entries >= most) return { files, audioFiles, areMore: true };
        if (next === folder && entry.name === WORK_FOLDER) continue;
        entries += 1;
        if (entry.isDirectory()) ahead.push(join(next, entry.name));
        if (!entry.isFile()) continue;
        files += 1;
        if (isAudio(entry.name)) audioFiles += 1;
      }
    } catch {
      // Not there yet, or not ours to read: nothing in it can be in our way.
    }
  }
  return { files, audioFiles, areMore: false };
}
