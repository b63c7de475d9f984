import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepLinksIn, receiveDeepLinks } from '../../../src-main/electron/deep-links.ts';

const LINK = 'crateful://add?url=https%3A%2F%2Fopen.qobuz.com%2Falbum%2Fkxe3bf4zgzsbc';

describe('links the system hands over', () => {
  it('are picked out of the words a process was started with', () => {
    expect(deepLinksIn(['/opt/crateful', '--hidden', LINK, 'https://open.qobuz.com/track/1'])).toBe(
      'https://open.qobuz.com/album/kxe3bf4zgzsbc',
    );
    expect(deepLinksIn(['/opt/crateful'])).toBe('');
  });

  it.each([
    'crateful://add?url=https%3A%2F%2Fexample.com%2Falbum%2F1234567890123',
    'crateful://add?url=https%3A%2F%2Fwww.qobuz.com.example.com%2Falbum%2F1234567890123',
    'crateful://add?url=file%3A%2F%2F%2Fetc%2Fpasswd',
    'crateful://add?url=javascript%3Aalert(1)',
    'crateful://add?url=crateful%3A%2F%2Fadd%3Furl%3Dhttps%3A%2F%2Fopen.qobuz.com%2Ftrack%2F1',
    'crateful://add?url=words',
    'crateful://add?url=',
    'crateful://add',
    'crateful://sign-out?url=https%3A%2F%2Fopen.qobuz.com%2Ftrack%2F1',
    'crateful:https://open.qobuz.com/track/1',
    `crateful://add?url=https%3A%2F%2Fopen.qobuz.com%2Ftrack%2F1%3F${'x'.repeat(10_000)}`,
  ])('say nothing when they lead to nothing at Qobuz: %.90s', (link) => {
    expect(deepLinksIn([link])).toBe('');
  });

  it('bring nothing else along, whatever they are made of', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'crateful:',
        '//',
        'add',
        '?url=',
        '&url=',
        '%0A',
        'https://',
        '--no-sandbox',
      ),
      fc.constantFrom(
        'open.qobuz.com',
        'example.com',
        '/album/',
        '/track/',
        'kxe3bf4zgzsbc',
        '123',
      ),
      fc.string({ maxLength: 6 }),
    );
    const one = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    const handed = one.map((rest) => `crateful://add?url=${encodeURIComponent(rest)}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(one, handed), { maxLength: 4 }), (words) => {
        for (const line of deepLinksIn(words).split('\n').filter(Boolean)) {
          expect(line).toMatch(/^https:\/\/open\.qobuz\.com\/[a-z]+\/[A-Za-z0-9]{1,32}$/);
        }
      }),
      {
        examples: [
          [[`crateful://add?url=${encodeURIComponent('https://open.qobuz.com/track/123')}`]],
        ],
      },
    );
  });

  it('come from the start, from macOS and from a second instance, and wait until somebody listens', async () => {
    const app = new EventEmitter();
    const heard: string[] = [];
    const { promise, resolve } = Promise.withResolvers<(text: string) => void>();
    const at = (place: string) =>
      `crateful://add?url=https%3A%2F%2Fopen.qobuz.com%2Falbum%2F${place}`;
    receiveDeepLinks(app as App, ['app', at('start')], promise);
    let prevented = false;
    app.emit('open-url', { preventDefault: () => (prevented = true) }, at('macos'));
    app.emit('second-instance', {}, ['app', at('second')]);
    app.emit('second-instance', {}, ['app']);
    await Promise.resolve();
    expect(heard).toEqual([]);
    resolve((text) => heard.push(text));
    await promise;
    await Promise.resolve();
    expect(heard.map((text) => text.slice('https://open.qobuz.com/album/'.length))).toEqual([
      'start',
      'macos',
      'second',
    ]);
    expect(prevented).toBe(true);
  });
});
