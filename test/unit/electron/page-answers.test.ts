import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAnswer } from '../../../src-main/electron/page-answers.ts';

const SECRET = 'not for any page';
let base: string;
let folder: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'crateful-page-')));
  folder = join(base, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(base, 'renderer-too'));
  writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
  writeFileSync(join(folder, 'assets', 'page.js'), 'page');
  for (const place of ['secret.js', 'renderer-too/secret.js']) {
    writeFileSync(join(base, place), SECRET);
  }
  symlinkSync(join(base, 'secret.js'), join(folder, 'assets', 'out.js'));
  symlinkSync(join(base, 'renderer-too'), join(folder, 'assets', 'beside'));
  symlinkSync('page.js', join(folder, 'assets', 'inside.js'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const ask = (path: string, method = 'GET') =>
  pageAnswer(new Request(`crateful-app://app/${path}`, { method }), {
    folder,
    coverFile: async () => null,
    mediaFile: async () => null,
  });

describe('the scheme of our pages', () => {
  it('serves what lies in the built folder, also by a link that stays in it', async () => {
    expect(await (await ask('assets/page.js')).text()).toBe('page');
    expect(await (await ask('assets/inside.js')).text()).toBe('page');
  });

  it.each([
    'assets/out.js',
    'assets/beside/secret.js',
    '../secret.js',
    '%2e%2e/secret.js',
    '%2e%2e%2fsecret.js',
    'assets/..%2f..%2fsecret.js',
    '..%5csecret.js',
    '..\\secret.js',
    '%00assets/page.js',
    'assets/page.js%00.png',
    'assets/page.js%2500',
    '../renderer-too/secret.js',
    '%2e%2e%2frenderer-too%2fsecret.js',
    'assets',
    'assets/',
    '%ff',
  ])('answers 404 to %s', async (path) => {
    const answer = await ask(path);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  it('answers 404 to whole paths of the disk, and to everything but reading', async () => {
    const whole = join(base, 'secret.js');
    for (const path of [whole, encodeURIComponent(whole), `/${whole}`, `file://${whole}`]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect([method, (await ask('assets/page.js', method)).status]).toEqual([method, 404]);
    }
  });

  it('never serves what lies outside, whatever the path is made of', async () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '%5c', '\\', '%00', '%252e%252e%252f'),
      fc.constantFrom('secret.js', 'assets', 'renderer-too', 'renderer', 'beside', 'out.js'),
      fc.constantFrom(base, encodeURIComponent(base)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        for (const path of [parts.join(''), parts.join('/')]) {
          expect(await (await ask(path)).text()).not.toContain(SECRET);
        }
      }),
    );
  });

  it('sends its policy as a header with the page, with a nonce of its own for each load', async () => {
    const loads = await Promise.all([ask('index.html'), ask('')]);
    const policies = loads.map(({ headers }) => headers.get('content-security-policy') ?? '');
    const scripts = policies.map((policy) => /script-src ([^;]*)/.exec(policy)?.[1]);
    expect(scripts).toEqual(["'self'", "'self'"]);
    expect(policies[0]).not.toBe(policies[1]);
    for (const [index, load] of loads.entries()) {
      const nonce = /nonce="([^"]+)"/.exec(await load.text())?.[1];
      expect(policies[index]).toContain(`'nonce-${nonce}'`);
      expect(load.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
