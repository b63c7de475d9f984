import type { LockEntry } from './shipped.ts';

/** The parts of `package.json` that the lockfile repeats, and which packages may run scripts of theirs. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** By name: true runs its install scripts, false knows of them and does not. */
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/**
 * What is wrong with a lockfile, as sentences: it is out of step with `package.json`, an entry has no hash or comes from
 * git or over plain http, or a script would run that nobody decided about.
 */
export function lockFaults(
  manifest: Manifest,
  locked: Manifest,
  entries: ReadonlyMap<string, LockEntry>,
): string[] {
  const faults: string[] = [];
  for (const kind of KINDS) {
    const asked = manifest[kind] ?? {};
    const known = locked[kind] ?? {};
    for (const name of new Set([...Object.keys(asked), ...Object.keys(known)])) {
      const version = asked[name];
      if (version !== known[name]) faults.push(`${name} is out of step with package.json`);
      else if (version === undefined || !EXACT.test(version)) {
        faults.push(`${name} is asked for as ${version}, not by an exact version`);
      } else if (entries.get(`node_modules/${name}`)?.version !== version) {
        faults.push(`${name} is locked to another version than ${version}`);
      }
    }
  }
  const decided = manifest.allowScripts ?? {};
  for (const [folder, { resolved, integrity, hasInstallScript }] of entries) {
    if (!/^sha512-[\w+/]+=*$/.test(integrity ?? '')) faults.push(`${folder} has no SHA-512 hash`);
    // Whichever registry serves it, the hash says what it is; git has none.
    if (resolved !== undefined && !/^https:.*\.tgz$/.test(resolved)) {
      faults.push(`${folder} comes from ${resolved}`);
    }
    const name = folder.replace(/^.*node_modules\//, '');
    if (hasInstallScript === true && decided[name] === undefined) {
      faults.push(`${name} would run scripts, and allowScripts does not name it`);
    }
  }
  return faults;
}
