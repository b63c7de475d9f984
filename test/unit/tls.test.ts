import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What would switch the check of a certificate off, or listen to somebody who does. */
const SWITCHES = [
  /rejectUnauthorized['"]?\s*[:=](?!\s*true\b)/,
  /NODE_TLS_REJECT_UNAUTHORIZED/,
  /ignore-certificate-errors/,
  /allow-insecure-localhost/,
  /setCertificateVerifyProc/,
  /certificate-error/,
  /checkServerIdentity/,
  /allowRunningInsecureContent/,
  /strict-ssl/,
  /webSecurity['"]?\s*:\s*false/,
];

const files = [
  ...['src-main', 'src-preload', 'src-renderer', 'scripts', '.ci'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ),
  ...readdirSync(root).filter((name) => /\.(ts|yml|json)$/.test(name)),
];

const found = (text: string): string[] =>
  SWITCHES.filter((pattern) => pattern.test(text)).map(String);

it('no line of what ships, builds or starts the app switches the check of a certificate off', () => {
  expect(files).toContain('src-main/net/http.ts');
  expect(
    files.flatMap((file) =>
      found(readFileSync(join(root, file), 'utf8')).map((what) => [file, what]),
    ),
  ).toEqual([]);
  expect(found('agent({ rejectUnauthorized: false })')).toHaveLength(1);
  expect(found('agent({ rejectUnauthorized: true })')).toEqual([]);
});
