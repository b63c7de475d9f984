import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encryption } from '../ports.ts';

/**
 * Values in files that only the user's system session can decrypt: one file a name, readable by its owner
 * alone, replaced in one step so that a kill leaves the old value or the new one.
 */
export function createEncryptedFiles(folder: string, encryption: Encryption) {
  const fileOf = (name: string): string => join(folder, `${encodeURIComponent(name)}.secret`);
  return {
    async get(name: string): Promise<string | null> {
      try {
        return encryption.decrypt(await readFile(fileOf(name)));
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },

    async set(name: string, value: string): Promise<void> {
      const bytes = encryption.encrypt(value);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const target = fileOf(name);
      const temporary = `${target}.new`;
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, target);
    },

    async names(): Promise<readonly string[]> {
      const files = await readdir(folder).catch((error: unknown) => {
        if (isAbsent(error)) return [];
        throw error;
      });
      return files
        .filter((file) => file.endsWith('.secret'))
        .map((file) => decodeURIComponent(file.slice(0, -'.secret'.length)));
    },

    delete: (name: string): Promise<void> => rm(fileOf(name), { force: true }),
  };
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
