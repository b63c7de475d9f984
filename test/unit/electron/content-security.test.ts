import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, withNonce } from '../../../src-main/electron/content-security.ts';

describe('the content security policy', () => {
  it('allows our own scheme and this load’s styles, and nothing else', () => {
    const directives = Object.fromEntries(
      contentSecurityPolicy('abc=')
        .split('; ')
        .map((directive) => {
          const [name = '', ...sources] = directive.split(' ');
          return [name, sources.join(' ')];
        }),
    );
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'nonce-abc='",
      'img-src': "'self' crateful-app:",
      'media-src': 'crateful-app:',
      'font-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'form-action': "'none'",
    });
  });

  it('puts the nonce wherever the built page asks for it', () => {
    const html = '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">';
    expect(withNonce(html, 'n1')).toBe('<meta property="csp-nonce" nonce="n1"><script nonce="n1">');
  });
});
