/** Where the web player's script is, as its page says; `version` as in `8.2.0-b034`, or null. */
export interface BundleAddress {
  readonly path: string;
  readonly version: string | null;
}

/** What the web player's script tells about the app: candidates of its secret in the order to try them. */
export interface BundleCredentials {
  readonly appId: string;
  readonly secrets: readonly string[];
  readonly signInKey: string | null;
}

/** The four environments one script holds; all but production are decoys (qobuz-api §1.3). */
const DECOYS = ['integration', 'nightly', 'recette', 'staging', 'development'];

const SECRET = /^[0-9A-Za-z]{32}$/;

/** Finds the script of the web player in its page (qobuz-api §1.3 step 2); null when there is none. */
export function bundleAddress(page: string): BundleAddress | null {
  const path =
    /["'](\/?resources\/[^"'\s]+\/bundle\.js)["']/.exec(page)?.[1] ??
    /<script[^>]+src=["']([^"'\s]*bundle[^"'\s]*\.js)["']/.exec(page)?.[1];
  if (path === undefined) return null;
  return { path, version: /\/(\d+\.\d+\.\d+[^/]*)\//.exec(path)?.[1] ?? null };
}

/**
 * Reads app id, secret candidates and sign-in key out of the web player's script (qobuz-api §1.3). Only what
 * stands in the production block counts for id and literal secret; secrets derived from the time-zone seeds
 * come first, since the literal is often not the working one. Null when there is no production block or
 * nothing in it that looks like an id with at least one secret.
 */
export function bundleCredentials(script: string): BundleCredentials | null {
  const block = productionBlock(script);
  if (block === null) return null;
  const appId = /["'`]?\bapp_?id["'`]?\s*:\s*["'`]?(\d{6,12})["'`]?/i.exec(block)?.[1];
  if (appId === undefined) return null;
  const literal = /["'`]?\bapp_?secret["'`]?\s*:\s*["'`]([0-9a-f]{32})["'`]/i.exec(block)?.[1];
  const secrets = [...derivedSecrets(script), ...(literal === undefined ? [] : [literal])];
  if (secrets.length === 0) return null;
  return { appId, secrets: [...new Set(secrets)], signInKey: signInKey(script, block) };
}

/** The text between the brace at `open` and its partner, both included; braces in strings do not count. */
function balanced(text: string, open: number): string | null {
  let depth = 0;
  let quote: string | null = null;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (quote !== null) {
      if (character === '\\') at++;
      else if (character === quote) quote = null;
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(open, at + 1);
  }
  return null;
}

/** Every `name:{…}` block of a script. */
function blocksNamed(script: string, name: string): string[] {
  const found: string[] = [];
  const pattern = new RegExp(`(?<![\\w$])["'\`]?${name}["'\`]?\\s*[:=]\\s*(?=\\{)`, 'g');
  for (const match of script.matchAll(pattern)) {
    const block = balanced(script, match.index + match[0].length);
    if (block !== null) found.push(block);
  }
  return found;
}

/** The innermost object around a place in a script. */
function objectAround(script: string, place: number): string | null {
  let depth = 0;
  for (let at = place; at >= 0; at--) {
    if (script[at] === '}') depth++;
    else if (script[at] === '{' && depth-- === 0) return balanced(script, at);
  }
  return null;
}

/** The settings of the production environment: `production:{…}`, or an object that names itself so. */
function productionBlock(script: string): string | null {
  const holdsAppId = (block: string | null): block is string =>
    block !== null && /\bapp_?id\b/i.test(block);
  const named = blocksNamed(script, 'production').find(holdsAppId);
  if (named !== undefined) return named;
  for (const match of script.matchAll(
    /\b(?:env|environment|name)["'`]?\s*:\s*["'`]production["'`]/g,
  )) {
    const block = objectAround(script, match.index);
    if (holdsAppId(block)) return block;
  }
  return null;
}

/** Base64 text to what it stands for, with the padding it may lack; null when that is not a secret. */
function decodeSecret(joined: string): string | null {
  const kept = joined.slice(0, -44).replace(/=+$/, '');
  const padded = kept.padEnd(Math.ceil(kept.length / 4) * 4, '=');
  const secret = Buffer.from(padded, 'base64').toString('latin1');
  return SECRET.test(secret) ? secret : null;
}

/**
 * Secrets hidden in time-zone seeds: seed, `info` and `extras` of one zone joined, without the last 44
 * characters, base64-decoded (qobuz-api §1.3 step 5). Berlin's, the valid one through 2026, comes first.
 */
function derivedSecrets(script: string): string[] {
  const seeds = new Map<string, string>();
  const seedCall =
    /initialSeed\(\s*["'`]([\w+/=-]+)["'`]\s*,\s*(?:window\.)?utimezone(?:\.(\w+)|\[["'`](\w+)["'`]\])/g;
  for (const [, seed = '', dotted, quoted] of script.matchAll(seedCall)) {
    const zone = (dotted ?? quoted ?? '').toLowerCase();
    if (!seeds.has(zone)) seeds.set(zone, seed);
  }
  const found: { zone: string; secret: string }[] = [];
  const zoneEntry = /\bname["'`]?\s*:\s*["'`][\w/]*\/(\w+)["'`]/g;
  for (const match of script.matchAll(zoneEntry)) {
    const zone = (match[1] ?? '').toLowerCase();
    const seed = seeds.get(zone);
    const entry = seed === undefined ? null : objectAround(script, match.index);
    const info = entry && /\binfo["'`]?\s*:\s*["'`]([\w+/=-]+)["'`]/.exec(entry)?.[1];
    const extras = entry && /\bextras["'`]?\s*:\s*["'`]([\w+/=-]+)["'`]/.exec(entry)?.[1];
    const secret = info && extras ? decodeSecret(`${seed}${info}${extras}`) : null;
    if (secret !== null) found.push({ zone, secret });
  }
  const berlinFirst = (zone: string): number => (zone === 'berlin' ? 0 : 1);
  return found.sort((a, b) => berlinFirst(a.zone) - berlinFirst(b.zone)).map((row) => row.secret);
}

/** The key of the browser sign-in's code exchange (qobuz-api §1.3): never one of another environment. */
function signInKey(script: string, production: string): string | null {
  const pattern = /\bprivateKey["'`]?\s*:\s*["'`]([A-Za-z0-9]{6,64})["'`]/;
  const own = pattern.exec(production)?.[1];
  if (own !== undefined) return own;
  let rest = script;
  for (const name of DECOYS) {
    for (const block of blocksNamed(script, name)) rest = rest.replace(block, '{}');
  }
  return (
    /\bauthenticate\(\s*\{[^{}]*?privateKey["'`]?\s*:\s*["'`]([A-Za-z0-9]{6,64})["'`]/.exec(
      rest,
    )?.[1] ??
    pattern.exec(rest)?.[1] ??
    null
  );
}
