import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Something that must stand nowhere, and what it is called when it does. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** What is looked through, by what it is called. */
export type Places = ReadonlyMap<string, Buffer>;

/**
 * Everything a text may be written as where programs write: plain, in an address, inside JSON (once and twice), in upper and
 * lower case of hexadecimal, as UTF-16 (Chromium's storage), and as base64 wherever in the encoded text it begins.
 */
function formsOf(value: string): Map<string, Buffer> {
  const quoted = JSON.stringify(value).slice(1, -1);
  const bytes = Buffer.from(value, 'utf8');
  const forms = new Map<string, Buffer>([
    ['plain', bytes],
    ['percent-encoded', Buffer.from(encodeURIComponent(value))],
    ['JSON', Buffer.from(quoted)],
    ['JSON in JSON', Buffer.from(JSON.stringify(quoted).slice(1, -1))],
    ['UTF-16', Buffer.from(value, 'utf16le')],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['HEXADECIMAL', Buffer.from(bytes.toString('hex').toUpperCase())],
  ]);
  for (const encoding of ['base64', 'base64url'] as const) {
    for (const before of [0, 1, 2]) {
      const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
      // What the neighbours of the text change is left out at both ends.
      const sure = encoded.slice(before === 0 ? 0 : before + 1, -4).replace(/=+$/, '');
      if (sure.length >= 8) forms.set(`${encoding}, offset ${before}`, Buffer.from(sure));
    }
  }
  return forms;
}

/** Where secrets stand, as sentences without the secrets. */
export function leaksIn(places: Places, secrets: readonly Secret[]): string[] {
  const found: string[] = [];
  for (const { name, value } of secrets) {
    if (value.length < 4) throw new Error(`${name} is too short to be looked for`);
    for (const [form, bytes] of formsOf(value)) {
      for (const [where, content] of places) {
        if (content.includes(bytes)) found.push(`${name} (${form}) in ${where}`);
      }
    }
  }
  return found;
}

/** Every file below a folder, by its path in it, each under `name/`. */
export async function filesOf(name: string, folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = new Map<string, Buffer>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // Chromium removes files of its own while it runs and as it ends.
    const content = await readFile(path).catch(() => null);
    if (content !== null) places.set(`${name}${path.slice(folder.length)}`, content);
  }
  return places;
}

/** Every row of every table of a database as text, by table: in the file a long text is cut into pages. */
export function rowsOf(path: string): Map<string, Buffer> {
  const database = new Database(path, { readonly: true });
  try {
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
      )
      .all() as { name: string }[];
    return new Map(
      tables.map(({ name }) => {
        const rows = database.prepare(`SELECT * FROM "${name}"`).all();
        return [`table ${name}`, Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))];
      }),
    );
  } finally {
    database.close();
  }
}
