import type { Credit } from '../../src-preload/contract/catalogue.ts';

/** Names that stand for "several composers" and are nobody's (qobuz-api §4.7). */
const NOBODY = /^(various composers|compositeurs divers|diverse komponisten|varios compositores)$/i;

/**
 * Reads a credit line such as `Name, Role, Role - Name, Role` (qobuz-api §4.7). Old captures part the credits
 * by `\r - `. A name may hold " - ": a piece without a role is joined to the next. A name may hold a comma:
 * `knownNames` (performer, composer, album artists) are recognised whole. A name met twice is one credit.
 */
export function parseCredits(line: string, knownNames: readonly string[] = []): Credit[] {
  const pieces = line.includes('\r') ? line.split(/\s*\r\s*(?:-\s+)?/) : line.split(/\s+-\s+/);
  const credits = new Map<string, string[]>();
  let pending = '';
  const add = (text: string) => {
    const known = knownNames.find((name) => name !== '' && text.startsWith(`${name}, `));
    const [first = '', ...others] = (known ? text.slice(known.length + 2) : text).split(/\s*,\s*/);
    const name = known ?? first;
    const roles = (known ? [first, ...others] : others).map(spacedRole).filter(Boolean);
    const all = credits.get(name) ?? [];
    credits.set(name, [...all, ...roles.filter((role) => !all.includes(role))]);
  };
  for (const piece of pieces.map((text) => text.trim()).filter(Boolean)) {
    const text = pending === '' ? piece : `${pending} - ${piece}`;
    const roleless = !piece.includes(',');
    pending = roleless ? text : '';
    if (!roleless) add(text);
  }
  if (pending !== '') add(pending);
  return [...credits].map(([name, roles]) => ({ name, roles }));
}

/** `MainArtist` and `Main Artist` are one role. */
const spacedRole = (role: string): string => role.trim().replace(/([a-z])([A-Z])/g, '$1 $2');

/** Every composer of a track, each once: the one the service names first, then those of the credits. */
export function composersOf(named: string | null, credits: readonly Credit[]): string[] {
  const credited = credits
    .filter((credit) => credit.roles.some((role) => /^composer/i.test(role)))
    .map((credit) => credit.name);
  return [...new Set([...(named === null ? [] : [named]), ...credited])].filter(
    (name) => !NOBODY.test(name),
  );
}
