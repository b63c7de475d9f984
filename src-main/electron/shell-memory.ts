import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const memorySchema = z.object({
  /** Whether the person has been told that closing the window leaves the app running. */
  toldItStays: z.boolean().catch(false),
  /** Causes of notifications that have been told and still hold. */
  told: z.array(z.string()).catch([]),
});
/** What the shell remembers of what it has said, over restarts. */
export type ShellMemory = z.infer<typeof memorySchema>;

/** Reads the file, or begins anew: the worst of a lost one is a sentence said twice. */
export function readShellMemory(file: string): ShellMemory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { toldItStays: false, told: [] };
  }
}

/** Stores it; synchronous, and small. */
export function writeShellMemory(file: string, memory: ShellMemory): void {
  try {
    writeFileSync(file, JSON.stringify(memory));
  } catch {
    // See readShellMemory.
  }
}
