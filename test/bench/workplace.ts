import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the measurements keep their files and say how far they are. */
export interface Workplace {
  /** A new empty folder, gone at the end. */
  fresh(name: string): Promise<string>;
  /** A folder that is kept for the next time. */
  kept(name: string): Promise<string>;
  /** Gives a folder's room back before the end. */
  drop(folder: string): Promise<void>;
  say(line: string): void;
  clear(): Promise<void>;
}

/** A place under the system's temporary folder. */
export async function openWorkplace(): Promise<Workplace> {
  const scratch = await mkdtemp(join(tmpdir(), 'crateful-bench-'));
  return {
    async fresh(name) {
      const folder = join(scratch, name);
      await mkdir(folder);
      return folder;
    },
    async kept(name) {
      const folder = join(tmpdir(), 'crateful-bench-kept', name);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    drop: (folder) => rm(folder, { recursive: true, force: true }),
    say: (line) => void process.stderr.write(`${line}\n`),
    clear: () => rm(scratch, { recursive: true, force: true }),
  };
}
