import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpenable, isOwnPage, resourceOf } from '../../../src-main/electron/addresses.ts';

const folder = join('/opt', 'crateful', 'out', 'renderer');

describe('what an address of our scheme names', () => {
  it('is the page, a file inside the built renderer, a cover or a track', () => {
    expect(resourceOf('crateful-app://app/', folder)).toEqual({ kind: 'page' });
    expect(resourceOf('crateful-app://app/index.html#/albums', folder)).toEqual({ kind: 'page' });
    expect(resourceOf('crateful-app://app/assets/index-1a.js', folder)).toEqual({
      kind: 'file',
      path: join(folder, 'assets', 'index-1a.js'),
    });
    expect(resourceOf('crateful-app://cover/0060254735180', folder)).toEqual({
      kind: 'cover',
      albumId: '0060254735180',
      size: 'large',
    });
    expect(resourceOf('crateful-app://cover/a1?size=small', folder)).toMatchObject({
      size: 'small',
    });
    expect(resourceOf('crateful-app://track/hq7v2mslwxk4a/5966783', folder)).toEqual({
      kind: 'track',
      albumId: 'hq7v2mslwxk4a',
      trackId: 5966783,
    });
  });

  it.each([
    'crateful-app://app/..%2f..%2fpackage.json',
    'crateful-app://app/assets/..%2f..%2fmain/electron.js',
    'crateful-app://app/..%5c..%5cpackage.json',
    'crateful-app://app/%00index.html',
    'crateful-app://app/%ff',
    'crateful-app://cover/..%2f..%2fetc',
    'crateful-app://cover/a/b',
    'crateful-app://cover/',
    'crateful-app://track/a1',
    'crateful-app://track/a1/0',
    'crateful-app://track/a1/-5',
    'crateful-app://track/a1/5/6',
    'crateful-app://track/..%2f..%2fetc/5',
    'crateful-app://track/a1/%2e%2e%2f5',
    'crateful-app://track/a1/99999999999999999999',
    'crateful-app://elsewhere/index.html',
    'file:///etc/passwd',
    'not an address',
  ])('is nothing for %s', (address) => {
    expect(resourceOf(address, folder)).toBeNull();
  });

  it('never lies outside the built renderer, whatever the path says', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '..%2f', '%5c..', '/', '//', 'a', '%2f%2f', 'C:'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const found = resourceOf(`crateful-app://app/${parts.join('/')}`, folder);
        if (found?.kind === 'file') expect(found.path.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });
});

describe('our own page', () => {
  it('is recognised with its fragment, and nothing else is', () => {
    expect(isOwnPage('crateful-app://app/index.html')).toBe(true);
    expect(isOwnPage('crateful-app://app/index.html#/album/1')).toBe(true);
    for (const other of [
      'crateful-app://app/assets/picture.svg',
      'crateful-app://cover/index.html',
      'crateful-app://app.example.com/index.html',
      'https://app/index.html',
      'about:blank',
      '',
    ]) {
      expect(isOwnPage(other), other).toBe(false);
    }
  });
});

describe('what the system may be asked to open', () => {
  const REFUSED = [
    'http://www.qobuz.com/',
    'https://example.com/',
    'https://notqobuz.com/',
    'https://qobuz.com.example.com/',
    'https://www.qobuz.com.evil.example/',
    'https://www.qobuz.com:8443/',
    'https://user:word@www.qobuz.com/',
    'https://www.qobuz.com@example.com/',
    'https://www.qobuz.com\u3002example.com/',
    'https://www.qоbuz.com/',
    'https://127.0.0.1/',
    'http://127.0.0.1.example.com/',
    'file:///bin/sh',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'crateful://add',
    'nonsense',
  ];

  it('is https at the service only', () => {
    expect(isOpenable('https://www.qobuz.com/signin/oauth?x=1')).toBe(true);
    expect(isOpenable('https://help.qobuz.com/')).toBe(true);
    for (const refused of [...REFUSED, 'http://127.0.0.1:4000/signin/oauth']) {
      expect(isOpenable(refused), refused).toBe(false);
    }
  });

  it('is also the very origin of a stand-in on this computer, where there is one', () => {
    const demo = 'http://127.0.0.1:4000/api.json/0.2';
    expect(isOpenable('http://127.0.0.1:4000/signin/oauth', demo)).toBe(true);
    for (const refused of [...REFUSED, 'http://127.0.0.1:4001/', 'http://localhost:4000/']) {
      expect(isOpenable(refused, demo), refused).toBe(false);
    }
    expect(isOpenable('http://demo.example/signin', 'http://demo.example/')).toBe(false);
  });
});
