import { readdirSync, readFileSync } from 'node:fs';

/** What Linux says of how far a process is shut in (proc(5), `/proc/pid/status`). */
export interface Confinement {
  /** 2: only the system calls that filters let through. */
  readonly seccomp: number;
  /** How many such filters there are: containers bring one of their own for everything in them. */
  readonly filters: number;
  /** Depth of process namespaces: one more than its parent's sees nothing of other processes. */
  readonly namespaces: number;
  readonly noNewPrivileges: boolean;
}

/** How far a process is shut in. */
export function confinementOf(pid: number): Confinement {
  const status = statusOf(pid);
  return {
    seccomp: Number(status.get('Seccomp')),
    filters: Number(status.get('Seccomp_filters')),
    namespaces: (status.get('NSpid') ?? '').split(/\s+/).length,
    noNewPrivileges: status.get('NoNewPrivs') === '1',
  };
}

/** The renderers among the descendants of an Electron process. */
export function renderersOf(main: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) parents.set(pid, Number(statusOf(pid).get('PPid')));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === main || isBelow(parent));
  };
  return [...parents.keys()].filter(
    (pid) => isBelow(pid) && read(pid, 'cmdline').includes('--type=renderer'),
  );
}

function statusOf(pid: number): ReadonlyMap<string, string> {
  const lines = read(pid, 'status').split('\n');
  return new Map(
    lines.map((line) => {
      const [key = '', value = ''] = line.split(/:\s*/, 2);
      return [key, value.trim()];
    }),
  );
}

/** Empty for a process that has ended since it was listed. */
function read(pid: number, file: 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
