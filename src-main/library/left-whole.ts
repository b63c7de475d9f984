import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/*
 * Reading every page of a big library takes longer than everything else at the start, and tells nothing new when
 * the file is as we ourselves left it: checked, closed, and since then touched by nobody.
 */

const noteOf = (file: string): string => `${file}.closed`;

/** What changes when anybody writes to the file. */
function stateOf(file: string): string {
  const { size, mtimeNs, ino } = statSync(file, { bigint: true });
  return `${size} ${mtimeNs} ${ino}`;
}

/**
 * Whether a database is as {@link noteLeftWhole} noted it, and no log beside it says that it was not closed. The note
 * is good for once.
 */
export function takeLeftWhole(file: string): boolean {
  try {
    const noted = readFileSync(noteOf(file), 'utf8');
    rmSync(noteOf(file));
    return noted === stateOf(file) && !existsSync(`${file}-wal`);
  } catch {
    return false;
  }
}

/** Notes that a database was whole when it was closed just now; one that cannot be noted is checked again. */
export function noteLeftWhole(file: string): void {
  try {
    writeFileSync(noteOf(file), stateOf(file), { mode: 0o600 });
  } catch {
    // The next start takes a little longer.
  }
}
