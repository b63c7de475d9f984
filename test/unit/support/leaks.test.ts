import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { filesOf, leaksIn, rowsOf } from '../../support/leaks.ts';

const VALUE = 'Zk3v9/"QpL-7aX0 bTn2';
const secrets = [{ name: 'token', value: VALUE }];
const at = (content: string | Buffer) => leaksIn(new Map([['x', Buffer.from(content)]]), secrets);

describe('the search for leaks', () => {
  it.each<[string, string | Buffer]>([
    ['plain', `before ${VALUE} after`],
    ['percent-encoded', `?a=${encodeURIComponent(VALUE)}&b`],
    ['JSON', JSON.stringify({ VALUE })],
    ['JSON in JSON', JSON.stringify({ inner: JSON.stringify({ VALUE }) })],
    ['UTF-16', Buffer.from(`x${VALUE}y`, 'utf16le')],
    ['hexadecimal', Buffer.from(VALUE).toString('hex')],
    ['HEXADECIMAL', Buffer.from(VALUE).toString('hex').toUpperCase()],
    ['base64, offset 0', Buffer.from(`abc${VALUE}more`).toString('base64')],
    ['base64, offset 1', Buffer.from(`a${VALUE}`).toString('base64')],
    ['base64, offset 2', Buffer.from(`ab${VALUE}more`).toString('base64')],
    ['base64url, offset 1', Buffer.from(`user${VALUE}`).toString('base64url')],
  ])('finds what is written %s', (form, content) => {
    expect(at(content)).toContain(`token (${form}) in x`);
  });

  it('names no more than where it stands, and nothing where it does not', () => {
    expect(at(VALUE).join()).not.toContain('QpL');
    expect(at(VALUE.slice(1))).toEqual([]);
    expect(at(VALUE.toLowerCase())).toEqual([]);
  });

  it('looks into every file of a folder, and every row of a database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crateful-leaks-'));
    try {
      await mkdir(join(folder, 'deep', 'er'), { recursive: true });
      await writeFile(join(folder, 'deep', 'er', '.hidden'), `x${VALUE}`);
      expect(leaksIn(await filesOf('home', folder), secrets)).toEqual([
        'token (plain) in home/deep/er/.hidden',
      ]);
      const database = new Database(join(folder, 'a.sqlite'));
      database.exec('CREATE TABLE t (a TEXT)');
      const long = 'x'.repeat(3000);
      database.prepare('INSERT INTO t VALUES (?)').run(`${long}${VALUE}${long}`);
      database.close();
      expect(leaksIn(rowsOf(join(folder, 'a.sqlite')), secrets)).toContain(
        'token (JSON) in table t',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
