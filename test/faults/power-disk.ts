import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../../src-main/files/file-system.ts';
import { type DiskCall, hookedFileSystem } from '../support/faulty-file-system.ts';

/*
 * A disk that may lose its power. What counts as kept is what POSIX promises: bytes once their file was flushed, names
 * once their folder was. Of names that were not flushed a beginning may be kept, as journalling file systems do it.
 * docs/reliability.md says what this covers.
 */

/** A change of a folder that no flush has made last yet, and how it is undone. */
interface Pending {
  readonly folder: string;
  undo(): void;
}

/** See {@link powerDisk}. */
export interface PowerDisk {
  readonly fs: FileSystem;
  /** Calls that change something, so far. */
  readonly calls: number;
  /** Bytes of a file that a flush has made last; 0 for one that was never flushed. */
  lasting(path: string): number;
  /** Puts the disk into the state a power cut may leave, by chance. */
  lose(random: () => number): void;
}

const CHANGES = /^(write|writev|appendFile|truncate|rename|rm|unlink|mkdir|link|copyFile)$/;

/**
 * The real disk, watched. `beforeCall` is told the number of each call that changes something, before it is made; what
 * it throws ends the call. `stash` is a folder for what may have to come back.
 */
export function powerDisk(stash: string, beforeCall: (call: number) => void): PowerDisk {
  let calls = 0;
  let stashed = 0;
  const flushed = new Map<string, number>();
  const written = new Set<string>();
  let pending: Pending[] = [];
  mkdirSync(stash, { recursive: true });

  /** Keeps what stands at a path, so that it can come back; null when nothing does. */
  const keep = (path: string): string | null => {
    if (!existsSync(path) || statSync(path).isDirectory()) return null;
    stashed += 1;
    const kept = join(stash, String(stashed));
    linkSync(path, kept);
    return kept;
  };
  const restore = (kept: string, path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    copyFileSync(kept, path);
  };

  const note = ({ name, path, to }: DiskCall): (() => void) => {
    switch (name) {
      case 'rename': {
        const over = to === null ? null : keep(to);
        return () => {
          if (to === null) return;
          flushed.set(to, flushed.get(path) ?? 0);
          if (written.delete(path)) written.add(to);
          pending.push({
            folder: dirname(to),
            undo() {
              mkdirSync(dirname(path), { recursive: true });
              if (existsSync(to)) renameSync(to, path);
              if (over) restore(over, to);
            },
          });
        };
      }
      case 'rm':
      case 'unlink': {
        const kept = keep(path);
        return () => {
          if (kept) pending.push({ folder: dirname(path), undo: () => restore(kept, path) });
        };
      }
      case 'write':
      case 'writev':
      case 'appendFile':
      case 'truncate':
        return () => {
          written.add(path);
        };
      case 'open': {
        const isNew = !existsSync(path);
        return () => {
          if (!isNew || !existsSync(path)) return;
          pending.push({ folder: dirname(path), undo: () => rmSync(path, { force: true }) });
        };
      }
      case 'sync':
      case 'datasync':
        return () => {
          if (!existsSync(path)) return;
          const stats = statSync(path);
          if (stats.isDirectory()) pending = pending.filter(({ folder }) => folder !== path);
          else {
            flushed.set(path, stats.size);
            written.delete(path);
          }
        };
      default:
        return () => undefined;
    }
  };

  const fs = hookedFileSystem(async (call, proceed) => {
    if (CHANGES.test(call.name)) {
      calls += 1;
      beforeCall(calls);
    }
    const after = note(call);
    const answer = await proceed();
    after();
    return answer;
  });
  return {
    fs,
    get calls() {
      return calls;
    },
    lasting: (path) => flushed.get(path) ?? 0,
    lose(random) {
      for (const path of written) {
        if (!existsSync(path) || basename(path).startsWith('lock.')) continue;
        const size = statSync(path).size;
        truncateSync(path, Math.min(size, flushed.get(path) ?? 0));
        // Some file systems keep the length and lose the bytes.
        if (random() < 0.5) truncateSync(path, size);
      }
      const from = Math.floor(random() * (pending.length + 1));
      for (const { undo } of pending.slice(from).reverse()) undo();
    },
  };
}
