import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { deepLinksIn, receiveDeepLinks } from '../../../src-main/electron/deep-links.ts';

const LINK = 'crateful://add?url=https%3A%2F%2Fopen.qobuz.com%2Falbum%2Fkxe3bf4zgzsbc';

describe('links the system hands over', () => {
  it('are picked out of the words a process was started with', () => {
    expect(deepLinksIn(['/opt/crateful', '--hidden', LINK, 'https://open.qobuz.com/track/1'])).toBe(
      LINK,
    );
    expect(deepLinksIn(['/opt/crateful'])).toBe('');
    expect(deepLinksIn([`crateful://add?url=${'x'.repeat(10_000)}`])).toBe('');
  });

  it('come from the start, from macOS and from a second instance, and wait until somebody listens', async () => {
    const app = new EventEmitter();
    const heard: string[] = [];
    const { promise, resolve } = Promise.withResolvers<(text: string) => void>();
    receiveDeepLinks(app as App, ['app', `${LINK}&at=start`], promise);
    let prevented = false;
    app.emit('open-url', { preventDefault: () => (prevented = true) }, `${LINK}&at=macos`);
    app.emit('second-instance', {}, ['app', `${LINK}&at=second`]);
    app.emit('second-instance', {}, ['app']);
    await Promise.resolve();
    expect(heard).toEqual([]);
    resolve((text) => heard.push(text));
    await promise;
    await Promise.resolve();
    expect(heard.map((text) => text.slice(LINK.length))).toEqual([
      '&at=start',
      '&at=macos',
      '&at=second',
    ]);
    expect(prevented).toBe(true);
  });
});
