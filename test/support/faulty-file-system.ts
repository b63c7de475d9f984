import { type FileSystem, nodeFileSystem } from '../../src-main/files/file-system.ts';

/** One call at the disk: its name, and the first path it was about. */
export interface DiskCall {
  readonly name: string;
  readonly path: string;
}

/** Decides what a call meets: null lets it through, an error is thrown instead. */
export type DiskFault = (call: DiskCall, index: number) => Error | null;

/** An error as the system throws it. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * The real disk with a switch before every call, those on open files included. `calls` lists all that were made,
 * the refused ones too. Closing is always let through, so that tests leak no handles.
 */
export function faultyFileSystem(fault: DiskFault): FileSystem & { readonly calls: DiskCall[] } {
  const calls: DiskCall[] = [];
  const guarded = <Target extends object>(target: Target, pathOf: (args: unknown[]) => string) =>
    new Proxy(target, {
      get(from, key) {
        const member: unknown = Reflect.get(from, key);
        if (typeof member !== 'function') return member;
        if (key === 'close' || typeof key === 'symbol') return member.bind(from);
        return (...args: unknown[]) => {
          const call = { name: key, path: pathOf(args) };
          const error = fault(call, calls.push(call) - 1);
          if (error) return Promise.reject(error);
          const answer: unknown = member.apply(from, args);
          return key === 'open'
            ? Promise.resolve(answer).then((handle) =>
                guarded(handle as object, () => String(args[0])),
              )
            : answer;
        };
      },
    });
  const fs = guarded({ ...nodeFileSystem }, (args) => String(args[0]));
  return Object.assign(Object.create(fs) as FileSystem, { calls });
}
