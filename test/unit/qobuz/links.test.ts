import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../../../src-main/qobuz/links.ts';

const targets = (text: string) =>
  findLinks(text).map((link) => ('target' in link ? link.target : link.problem));

describe('every form of a link', () => {
  it.each([
    ['https://www.qobuz.com/us-en/album/some-slug-here/0060254735180', 'album', '0060254735180'],
    ['https://open.qobuz.com/album/kxe3bf4zgzsbc', 'album', 'kxe3bf4zgzsbc'],
    ['https://play.qobuz.com/album/kxe3bf4zgzsbc', 'album', 'kxe3bf4zgzsbc'],
    ['https://www.qobuz.com/album/kxe3bf4zgzsbc/', 'album', 'kxe3bf4zgzsbc'],
    ['https://www.qobuz.com/au-en/album/x/Kxe3bf4zgzsbC', 'album', 'Kxe3bf4zgzsbC'],
    ['http://qobuz.com/album/0060254735180', 'album', '0060254735180'],
    ['HTTPS://WWW.QOBUZ.COM/DE-DE/ALBUM/SLUG-X/0060254735180', 'album', '0060254735180'],
    ['https://open.qobuz.com/track/52151405?utm_source=x#top', 'track', '52151405'],
    ['https://www.qobuz.com/fr-fr/track/a-song/52151405', 'track', '52151405'],
    ['https://play.qobuz.com/playlist/1234567', 'playlist', '1234567'],
    ['https://www.qobuz.com/gb-en/playlists/evening/1234567', 'playlist', '1234567'],
    ['https://open.qobuz.com/artist/26887', 'artist', '26887'],
    ['https://www.qobuz.com/us-en/interpreter/miles-davis/26887', 'artist', '26887'],
    [
      'https://www.qobuz.com/fr-fr/interpreter/miles-davis/telechargement-album-mp3/26887',
      'artist',
      '26887',
    ],
    ['https://www.qobuz.com/us-en/label/ecm/download-streaming-albums/1254', 'label', '1254'],
    ['https://play.qobuz.com/label/1254', 'label', '1254'],
    ['qobuzapp://album/0060254735180', 'album', '0060254735180'],
    ['qobuzapp://track/52151405', 'track', '52151405'],
    ['open.qobuz.com/album/kxe3bf4zgzsbc', 'album', 'kxe3bf4zgzsbc'],
  ])('%s', (text, kind, id) => {
    expect(targets(text)).toEqual([{ kind, id }]);
  });

  it('takes what the system hands over, and nothing that is nested in it', () => {
    const link = 'https://open.qobuz.com/album/kxe3bf4zgzsbc';
    expect(targets(`crateful://add?url=${encodeURIComponent(link)}`)).toEqual([
      { kind: 'album', id: 'kxe3bf4zgzsbc' },
    ]);
    const nested = encodeURIComponent(`crateful://add?url=${encodeURIComponent(link)}`);
    expect(targets(`crateful://add?url=${nested}`)).toEqual(['no-item']);
    expect(targets('crateful://quit')).toEqual(['no-item']);
  });
});

describe('what leads nowhere', () => {
  it.each([
    ['https://www.qobuz.com.evil.example/album/kxe3bf4zgzsbc', 'not-qobuz'],
    ['https://evilqobuz.com/album/kxe3bf4zgzsbc', 'not-qobuz'],
    ['https://user:pass@open.qobuz.com/album/kxe3bf4zgzsbc', 'not-qobuz'],
    ['https://open.qobuz.com:8443/album/kxe3bf4zgzsbc', 'not-qobuz'],
    ['https://example.org/x', 'not-qobuz'],
    ['https://play.qobuz.com/user/library/favorites/albums', 'section'],
    ['https://www.qobuz.com/us-en/', 'no-item'],
    ['https://open.qobuz.com/album/', 'no-item'],
    ['https://www.qobuz.com/us-en/interpreter/miles-davis/download-streaming-albums', 'bad-id'],
    ['https://open.qobuz.com/track/abc', 'bad-id'],
    ['https://open.qobuz.com/wizard/1', 'unknown-type'],
    ['https://open.qobuz.com/constructor/12345', 'unknown-type'],
    ['just some words', 'not-a-link'],
  ])('%s', (text, problem) => {
    expect(targets(text)).toEqual([problem]);
  });

  it('says nothing of an empty text', () => {
    expect(findLinks('  \n ')).toEqual([]);
  });
});

describe('a text around links', () => {
  it('gives all of them, good and bad, in order and once', () => {
    const text = `Listen to [this](https://open.qobuz.com/album/kxe3bf4zgzsbc), then
      <https://play.qobuz.com/track/52151405>. Not https://example.org/a!
      Again: open.qobuz.com/album/kxe3bf4zgzsbc…
      https://open.qobuz.com/artist/1https://open.qobuz.com/label/2`;
    expect(targets(text)).toEqual([
      { kind: 'album', id: 'kxe3bf4zgzsbc' },
      { kind: 'track', id: '52151405' },
      'not-qobuz',
      { kind: 'artist', id: '1' },
      { kind: 'label', id: '2' },
    ]);
  });

  it('keeps query and fragment, which may hold secrets, out of what is shown', () => {
    const [link] = findLinks('https://open.qobuz.com/track/5?token=abc#x');
    expect(link?.text).toBe('https://open.qobuz.com/track/5');
  });

  it('finds a link whatever words surround it, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        expect(() => findLinks(words)).not.toThrow();
        const found = targets(
          `${words.replaceAll(/crateful:\S*/gi, '')} https://open.qobuz.com/track/7 `,
        );
        expect(found).toContainEqual({ kind: 'track', id: '7' });
      }),
    );
  });
});
