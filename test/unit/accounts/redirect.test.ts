import { describe, expect, it } from 'vitest';
import { parseRedirect } from '../../../src-main/accounts/redirect.ts';

const RETURN = 'http://localhost:4711/n0nce';

describe('the address a sign-in ends at', () => {
  it.each([
    ['http://localhost:4711/n0nce?code_autorisation=abc', { code: 'abc' }],
    ['http://localhost:4711/n0nce?code=abc&state=x', { code: 'abc' }],
    ['localhost:4711/n0nce?token=tok&user_id=1', { token: 'tok' }],
    ['https://www.qobuz.com/done?user_id=1&user_auth_token=tok', { token: 'tok' }],
    ['https://www.qobuz.com/done#token=tok', { token: 'tok' }],
    ['https://www.qobuz.com/done?x=1#code_autorisation=abc', { code: 'abc' }],
    ['  http://127.0.0.1:4711/n0nce?code=a%2Bb  ', { code: 'a+b' }],
    ['http://localhost:4711/n0nce?code=&code_autorisation=abc&token=tok', { code: 'abc' }],
  ])('is understood: %s', (address, answer) => {
    expect(parseRedirect(address, RETURN)).toEqual(answer);
  });

  it.each([
    'https://example.com/n0nce?code=abc',
    'https://www.qobuz.com.example.com/done?code=abc',
    'https://www.qobuz.com:8443/done?code=abc',
    'https://www.qobuz.com@example.com/done?code=abc',
    'https://me:you@www.qobuz.com/done?code=abc',
    'http://www.qobuz.com/done?code=abc',
    'http://localhost:4711/other?code=abc',
    'http://localhost:4711/n0nce/?code=abc',
    'http://localhost:4712/n0nce?code=abc',
    'http://localhost/n0nce?code=abc',
    'https://localhost:4711/n0nce?code=abc',
    'http://me:you@localhost:4711/n0nce?code=abc',
    'http://localhost.example.com:4711/n0nce?code=abc',
    'file://localhost/n0nce?code=abc',
    'javascript:x?code=abc',
    'crateful://n0nce?code=abc',
    '?code=abc',
    'code=abc',
  ])('is refused when it is not where this sign-in ends: %s', (address) => {
    expect(() => parseRedirect(address, RETURN)).toThrow(
      expect.objectContaining({ code: 'SIGN_IN_ADDRESS_INVALID' }),
    );
  });

  it.each([
    '',
    'http://localhost:4711/n0nce',
    'http://localhost:4711/n0nce?code=',
    'http://localhost:4711/n0nce?error=access_denied',
    'http://localhost:4711/code/abc',
    'http://localhost:4711/n0nce?code=two%20words',
    'http://localhost:4711/n0nce?code=line%0Abreak',
    'http://localhost:4711/n0nce?code=caf%C3%A9',
    'http://localhost:4711/n0nce?code=%00',
    `http://localhost:4711/n0nce?code=${'x'.repeat(5000)}`,
  ])('is refused when it carries no answer: %.60s', (address) => {
    expect(() => parseRedirect(address, RETURN)).toThrow(
      expect.objectContaining({ code: 'SIGN_IN_ADDRESS_INVALID' }),
    );
  });
});
