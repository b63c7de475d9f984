import { describe, expect, it } from 'vitest';
import { mayHoldLinks, readDrop } from '../../../src-renderer/views/links/dropped.ts';
import { hasQobuzLink } from '../../../src-renderer/views/links/qobuz-text.ts';

const LINK = 'https://open.qobuz.com/album/0060254788359';
const OTHER = 'https://www.example.com/album/1';

const file = (name: string, content: string) => ({
  name,
  size: content.length,
  text: () => Promise.resolve(content),
});
const drop = (data: Record<string, string>, ...files: ReturnType<typeof file>[]) =>
  readDrop({ getData: (type) => data[type] ?? '', files });

describe('a paste', () => {
  it.each([
    LINK,
    `Listen to this: ${LINK}!`,
    'www.qobuz.com/gb-en/album/harbour-lights/q9kyzzwq0ggpa',
    'https://play.qobuz.com/track/19512574',
    'qobuz.com/artist/57281',
    'qobuzapp://album/0060254788359',
    'crateful://add?url=https%3A%2F%2Fopen.qobuz.com%2Falbum%2F1',
    'see (https://www.qobuz.com/label/1)',
  ])('is meant for us: %s', (text) => expect(hasQobuzLink(text)).toBe(true));

  it.each([
    '',
    'Harbour Lights',
    OTHER,
    'I bought it on qobuz.com yesterday',
    'https://notqobuz.com/album/1',
    'https://qobuz.com.example.org/album/1',
    'crateful://settings',
  ])('is left alone: %s', (text) => expect(hasQobuzLink(text)).toBe(false));
});

describe('a drag', () => {
  it('may hold links when it carries text, an address or files', () => {
    expect(mayHoldLinks(['text/uri-list'])).toBe(true);
    expect(mayHoldLinks(['text/html', 'text/plain'])).toBe(true);
    expect(mayHoldLinks(['Files'])).toBe(true);
    expect(mayHoldLinks(['application/x-something'])).toBe(false);
  });
});

describe('a drop', () => {
  it('takes a link once that comes as address and as text', async () => {
    expect(await drop({ 'text/uri-list': LINK, 'text/plain': LINK })).toEqual({ text: LINK });
  });

  it('takes the address when the text is only its name', async () => {
    expect(
      await drop({ 'text/uri-list': `# a comment\r\n${LINK}`, 'text/plain': 'Harbour' }),
    ).toEqual({ text: LINK });
  });

  it('hands over text that holds no Qobuz link too, so that something is said about it', async () => {
    expect(await drop({ 'text/plain': OTHER })).toEqual({ text: OTHER });
    expect(await drop({})).toEqual({ nothing: true });
  });

  it('reads files that hold links, and only those', async () => {
    const url = file('Harbour Lights.url', `[InternetShortcut]\r\nURL=${LINK}\r\n`);
    const webloc = file('b.webloc', `<plist><dict><string>${LINK}2</string></dict></plist>`);
    const found = await drop({}, url, webloc, file('c.flac', LINK));
    expect(found).toEqual({
      text: `[InternetShortcut]\r\nURL=${LINK}\r\n\n<plist><dict><string>${LINK}2</string></dict></plist>`,
    });
  });

  it('names files without links', async () => {
    const data = { 'text/uri-list': 'file:///home/mira/01.flac' };
    expect(await drop(data, file('01.flac', 'fLaC'), file('a.txt', 'nothing'))).toEqual({
      files: ['01.flac', 'a.txt'],
    });
  });

  it('does not read a file that is too long to be a list of links', async () => {
    const long = { ...file('a.txt', LINK), size: 5_000_000 };
    expect(await drop({}, long)).toEqual({ files: ['a.txt'] });
  });
});
