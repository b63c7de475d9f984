import { type FileSystem, nodeFileSystem } from '../../src-main/files/file-system.ts';

/** One call at the disk: its name, and the first path it was about. */
export interface DiskCall {
  readonly name: string;
  readonly path: string;
  /** Where a file is renamed or copied to. */
  readonly to: string | null;
  /** How many bytes a write hands over; 0 for other calls. */
  readonly bytes: number;
}

/** Decides what a call meets: null lets it through, an error is thrown instead; a promise holds the call up. */
export type DiskFault = (call: DiskCall, index: number) => Error | null | Promise<Error | null>;

/** An error as the system throws it. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** Sees a call at the disk, and makes it with `proceed` when it likes. */
export type DiskHook = (call: DiskCall, proceed: () => Promise<unknown>) => Promise<unknown>;

/** The real disk with a hook around every call, those on open files included, closing them excepted. */
export function hookedFileSystem(hook: DiskHook): FileSystem {
  const guarded = <Target extends object>(target: Target, pathOf: (args: unknown[]) => string) =>
    new Proxy(target, {
      get(from, key) {
        const member: unknown = Reflect.get(from, key);
        if (typeof member !== 'function') return member;
        // Closing is always let through, so that tests leak no handles; reading by lines is no call of its own.
        if (key === 'close' || key === 'readLines' || typeof key === 'symbol') {
          return member.bind(from);
        }
        return (...args: unknown[]) => {
          const path = pathOf(args);
          const to = key === 'rename' || key === 'copyFile' ? String(args[1]) : null;
          const call = { name: key, path, to, bytes: bytesOf(key, args) };
          const answer = hook(call, async () => member.apply(from, args));
          return key === 'open'
            ? answer.then((handle) => guarded(handle as object, () => String(args[0])))
            : answer;
        };
      },
    });
  return guarded({ ...nodeFileSystem }, (args) => String(args[0]));
}

function bytesOf(name: string, [data, , length]: unknown[]): number {
  if (!/^(write|appendFile)/.test(name)) return 0;
  if (typeof length === 'number') return length;
  return typeof data === 'string' || data instanceof Uint8Array ? Buffer.byteLength(data) : 0;
}

/**
 * The real disk with a switch before every call. `calls` lists all that were made, the refused ones too.
 */
export function faultyFileSystem(fault: DiskFault): FileSystem & { readonly calls: DiskCall[] } {
  const calls: DiskCall[] = [];
  const fs = hookedFileSystem(async (call, proceed) => {
    const error = await fault(call, calls.push(call) - 1);
    if (error) throw error;
    return proceed();
  });
  return Object.assign(Object.create(fs) as FileSystem, { calls });
}
