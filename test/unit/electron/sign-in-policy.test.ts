import { describe, expect, it } from 'vitest';
import { signInPolicy } from '../../../src-main/electron/sign-in-policy.ts';

const RETURN = 'http://localhost:4711/nonce';
const page = (base: string) =>
  `${base}/signin/oauth?ext_app_id=1&redirect_url=${encodeURIComponent(RETURN)}`;
const service = signInPolicy(page('https://www.qobuz.com'));
const standIn = signInPolicy(page('http://127.0.0.1:5000'));

describe('the sign-in window', () => {
  it.each([
    'https://www.qobuz.com/signin',
    'https://play.qobuz.com/login?x=1#y',
    'https://qobuz.com/',
    `${RETURN}?code_autorisation=abc`,
  ])('may visit %s', (address) => {
    expect(service.mayVisit(address)).toBe(true);
  });

  it.each([
    'http://www.qobuz.com/signin',
    'https://www.qobuz.com:8443/',
    'https://www.qobuz.com@evil.example/',
    'https://user:pass@www.qobuz.com/',
    'https://qobuz.com.evil.example/',
    'https://notqobuz.com/',
    'https://accounts.google.com/',
    'http://localhost:4711/other',
    'http://localhost:4712/nonce',
    'http://127.0.0.1:4711/nonce',
    'http://127.0.0.1:5000/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'crateful-app://app/index.html',
    'not an address',
  ])('may not visit %s', (address) => {
    expect(service.mayVisit(address)).toBe(false);
  });

  it.each([
    ['https://www.google.com/recaptcha/api.js', true],
    ['wss://push.qobuz.com/', true],
    ['data:image/png;base64,AA', true],
    ['http://cdn.example/script.js', false],
    ['https://localhost:8080/', false],
    ['ws://localhost:9229/', false],
    ['http://192.168.0.1/', false],
    ['file:///etc/passwd', false],
    ['crateful-app://app/index.html', false],
  ])('lets its page load %s: %s', (address, allowed) => {
    expect(service.mayLoad(address)).toBe(allowed);
  });

  it('holds a stand-in to its own origin', () => {
    expect(standIn.mayVisit('http://127.0.0.1:5000/signin/oauth')).toBe(true);
    expect(standIn.mayVisit(`${RETURN}?code=1`)).toBe(true);
    expect(standIn.mayVisit('http://127.0.0.1:5001/')).toBe(false);
    expect(standIn.mayVisit('https://www.qobuz.com/')).toBe(false);
  });

  it.each(['https://evil.example/signin/oauth', 'http://www.qobuz.com/signin/oauth', 'nonsense'])(
    'does not open for %s',
    (address) => {
      expect(() => signInPolicy(address)).toThrow(
        expect.objectContaining({ code: 'ADDRESS_REFUSED' }),
      );
    },
  );

  it('returns nowhere but to this computer', () => {
    const away = signInPolicy(
      `https://www.qobuz.com/signin/oauth?redirect_url=${encodeURIComponent('https://evil.example/x')}`,
    );
    expect(away.mayVisit('https://evil.example/x?code=1')).toBe(false);
  });
});
