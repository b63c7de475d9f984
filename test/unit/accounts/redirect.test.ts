import { describe, expect, it } from 'vitest';
import { parseRedirect } from '../../../src-main/accounts/redirect.ts';

describe('the address a sign-in ends at', () => {
  it.each([
    ['http://localhost:4711/n0nce?code_autorisation=abc', { code: 'abc' }],
    ['http://localhost:4711/n0nce?code=abc&state=x', { code: 'abc' }],
    ['localhost:4711/n0nce?token=tok&user_id=1', { token: 'tok' }],
    ['https://www.qobuz.com/done?user_id=1&user_auth_token=tok', { token: 'tok' }],
    ['https://www.qobuz.com/done#token=tok', { token: 'tok' }],
    ['https://www.qobuz.com/done?x=1#code_autorisation=abc', { code: 'abc' }],
    ['  ?code=a%2Bb  ', { code: 'a+b' }],
    ['http://localhost:4711/n?code=&code_autorisation=abc&token=tok', { code: 'abc' }],
  ])('is understood: %s', (address, answer) => {
    expect(parseRedirect(address)).toEqual(answer);
  });

  it.each([
    '',
    'http://localhost:4711/n0nce',
    'http://localhost:4711/n0nce?code=',
    'http://localhost:4711/n0nce?error=access_denied',
    'http://localhost:4711/code/abc',
    'http://localhost:4711/n0nce?code=two%20words',
    `http://localhost:4711/n0nce?code=${'x'.repeat(5000)}`,
  ])('is refused when it carries no answer: %.60s', (address) => {
    expect(() => parseRedirect(address)).toThrow(
      expect.objectContaining({ code: 'SIGN_IN_ADDRESS_INVALID' }),
    );
  });
});
