/** What a redaction knows of this computer. */
export interface RedactionFacts {
  /** The person's own folder, absolute; written as `~`. */
  readonly homeFolder: string;
}

const HIDDEN = '[hidden]';

/** Names whose values are secrets, as headers, form fields, JSON keys or options (qobuz-api §1–2, §5). */
const SECRET_NAME =
  '[\\w-]*(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|private[_-]?key|authorization|cookie|request[_-]?sig|signature|hmac|hdnts|session[_-]?id|app[_-]?id|code[_-]?autorisation)[\\w-]*';
/** `name=value`, `name: value`, `"name":"value"`, also with escaped quotes; a value in quotes may have spaces. */
const NAMED = new RegExp(
  `(${SECRET_NAME}\\\\*["']?\\s*[:=]\\s*)(\\\\*"(?:[^"\\\\]|\\\\(?!"))*\\\\*"|'[^']*'|(?:Bearer|Basic|Digest)\\s+[^\\s,;]+|[^\\s,;&"'}\\])]+)`,
  'gi',
);
const SCHEMES = /\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi;
const ADDRESS = /\b([a-z][a-z0-9+.-]*):\/\/([^\s"'<>\\]*)/gi;
const E_MAIL =
  /[^\s"'<>@:=,;()[\]{}/\\]+(?:@|%40)[^\s"'<>@,;()[\]{}/\\]+\.[^\s"'<>@,;()[\]{}/\\]{2,}/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Long runs of letters and digits mixed: tokens, keys, signatures that carry no name. */
const OPAQUE = /[A-Za-z0-9_+=-]{24,}/g;
/** Other people's folders, or this one's under another name. */
const ANY_HOME = /((?:\/(?:home|Users)\/|[A-Za-z]:\\+Users\\+))[^/\\\s"':;,]+/gi;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The home folder with either slash, doubled as in JSON, or percent-encoded as in a file's address. */
function homePattern(homeFolder: string): RegExp | null {
  const parts = homeFolder.split(/[\\/]+/).filter((part) => part !== '');
  if (parts.length === 0) return null;
  const [first = ''] = parts;
  const start = /^[A-Za-z]:$/.test(first) ? '' : '[\\\\/]+';
  const path = parts.map((part) => `(?:${escaped(part)}|${escaped(encodeURIComponent(part))})`);
  return new RegExp(`${start}${path.join('[\\\\/]+')}(?![\\w.-])`, 'gi');
}

/** Scheme and host of an address, no name or password, and nothing of its path: a signature may stand in it too. */
function hostOnly(scheme: string, rest: string): string {
  if (scheme.toLowerCase() === 'file') return `file://${rest}`;
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return rest.length > authority.length ? `${scheme}://${host}/…` : `${scheme}://${host}`;
}

const hasLettersAndDigits = (text: string): boolean => /\d/.test(text) && /[A-Za-z]/.test(text);

/**
 * A text that may be shown to others: no token, key or password, no more of an address than its host, no e-mail, the
 * home folder as `~`. It rather hides too much than too little.
 */
export function redact(text: string, facts: RedactionFacts): string {
  const home = homePattern(facts.homeFolder);
  const plain = text
    .replace(ADDRESS, (_all, scheme: string, rest: string) => hostOnly(scheme, rest))
    .replace(SCHEMES, (_all, scheme: string) => `${scheme} ${HIDDEN}`)
    .replace(NAMED, (_all, name: string, value: string) => {
      const quote = /^(\\*["'])/.exec(value)?.[1] ?? '';
      return `${name}${quote}${HIDDEN}${quote}`;
    });
  return (home ? plain.replace(home, '~') : plain)
    .replace(ANY_HOME, `$1${HIDDEN}`)
    .replace(E_MAIL, '[e-mail]')
    .replace(OPAQUE, (run) => (hasLettersAndDigits(run) && !UUID.test(run) ? HIDDEN : run));
}
