import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src-main/redaction.ts';

const HOME = '/home/jo.doe';
const at = (text: string, homeFolder = HOME) => redact(text, { homeFolder });
const TOKEN = 'Zk3v9_QpL-7aX0bTn2rWc5yUe8dHs1mGf4jKi6oB';

describe('what is written for others to read', () => {
  it.each([
    `user_auth_token=${TOKEN}`,
    `X-User-Auth-Token: ${TOKEN}`,
    `{"user_auth_token":"${TOKEN}","user":1}`,
    JSON.stringify({ inner: JSON.stringify({ token: TOKEN }) }),
    `headers: { 'x-user-auth-token': '${TOKEN}' }`,
    `Authorization: Bearer ${TOKEN}`,
    `Proxy-Authorization: Basic ${TOKEN}`,
    `got "Bearer ${TOKEN}"`,
    `https://cdn.example/file?uid=1&etsp=2&hmac=${TOKEN}`,
    `https://cdn.example/${TOKEN}/file.flac`,
    `https://jo:${TOKEN}@proxy.example:8080`,
    `socks5://jo:${TOKEN}@127.0.0.1:1080/`,
    `http://localhost:4711/${TOKEN}?code_autorisation=${TOKEN}`,
    `bare ${TOKEN} in a sentence`,
    `(${TOKEN})`,
    `request_sig=${TOKEN}`,
    `private_key: ${TOKEN}`,
    `app_secret="${TOKEN}"`,
    `Set-Cookie: sid=${TOKEN}; Path=/`,
  ])('has no secret in it: %s', (text) => {
    expect(at(text)).not.toContain(TOKEN.slice(0, 12));
    expect(at(text)).not.toContain(TOKEN.slice(-12));
  });

  it.each([
    ['password=hunter2', 'hunter2'],
    ['"password" : "two words"', 'two words'],
    ['proxyPassword: s3', 's3'],
    ['app_id=950096963', '950096963'],
    ['secret=0123456789abcdef0123456789abcdef', '0123456789abcdef'],
    ['passwd=abc', 'abc'],
  ])('has no named value in it, however short: %s', (text, value) => {
    expect(at(text)).not.toContain(value);
  });

  it.each([
    'jo.doe+qobuz@mail.example.com',
    'name: "listener@demo.invalid"',
    'mailto:jo@example.org',
    'user=jo%40example.org',
  ])('has no e-mail in it: %s', (text) => {
    expect(at(text)).not.toMatch(/@|%40|example\.(com|org)|demo\.invalid/);
  });

  it.each([
    ['/home/jo.doe', '/home/jo.doe/Music/Album/01.flac', '~/Music/Album/01.flac'],
    ['/home/jo.doe', 'file:///home/jo.doe/Music', 'file:~/Music'],
    ['/home/jo.doe', '/home/jo.doe', '~'],
    ['/home/jo.doe', '/mnt/music/a', '/mnt/music/a'],
    ['C:\\Users\\Jo Doe', 'C:\\Users\\Jo Doe\\Music', '~\\Music'],
    ['C:\\Users\\Jo Doe', '{"path":"C:\\\\Users\\\\Jo Doe\\\\Music"}', '{"path":"~\\\\Music"}'],
    ['C:\\Users\\Jo Doe', 'file:///c:/users/jo%20doe/Music', 'file:///~/Music'],
  ])('writes the home folder %s in %s as ~', (home, text, written) => {
    expect(at(text, home)).toBe(written);
  });

  it.each([
    ['/home/anna/Music', 'anna'],
    ['/Users/anna/Music', 'anna'],
    ['D:\\Users\\anna\\Music', 'anna'],
    ['/home/jo.doe2/Music', 'doe2'],
  ])('names no other person’s folder: %s', (text, name) => {
    expect(at(text)).not.toContain(name);
  });

  it.each([
    'JOB_DONE {"album":"0060254735180","track":12345678,"bytes":30412345}',
    'APP_CREDENTIALS_CHECK_FAILED SERVICE_UNAVAILABLE',
    'run 7b0c2c1e-0d0a-4b52-9d6e-111111111111 finished',
    'Crateful 0.1.0 on linux, 12 of 40 tracks, 2026-11-21T04:26:00.000Z',
    'https://www.qobuz.com',
  ])('leaves the rest as it was: %s', (text) => {
    expect(at(text)).toBe(text);
  });

  it('lets no token through wherever it stands, and is done after one go', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const once = at(`${before} ${TOKEN} ${after}`);
        expect(once).not.toContain(TOKEN);
        expect(at(once)).not.toContain(TOKEN);
      }),
    );
  });
});
