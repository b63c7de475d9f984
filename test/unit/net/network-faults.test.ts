import { describe, expect, it } from 'vitest';
import { CratefulError } from '../../../src-main/errors.ts';
import { networkFault, scrub } from '../../../src-main/net/network-faults.ts';

const late = new CratefulError('STREAM_STALLED');

describe('scrub', () => {
  it('keeps the host of an address and nothing else of it, and no e-mail', () => {
    const text =
      'GET https://cdn.qobuz.com/file?uid=1&hmac=SECRET failed for someone@example.invalid';
    expect(scrub(text)).toBe('GET [cdn.qobuz.com] failed for [e-mail]');
  });
});

describe('networkFault', () => {
  it.each([
    ['ENOTFOUND', 'OFFLINE'],
    ['ECONNREFUSED', 'OFFLINE'],
    ['ECONNRESET', 'OFFLINE'],
    ['EHOSTUNREACH', 'OFFLINE'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_FAILED'],
    ['CERT_HAS_EXPIRED', 'TLS_FAILED'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_FAILED'],
  ])('calls %s before an answer %s', (code, expected) => {
    const error = Object.assign(new Error('x'), { code });
    expect(networkFault(error, { phase: 'before-headers', late }).code).toBe(expected);
  });

  it('puts no secret into the cause', () => {
    const error = Object.assign(new Error('bad https://a.qobuz.com/file?hmac=SECRET'), {
      code: 'EPIPE',
      options: { headers: { 'x-user-auth-token': 'SECRET' } },
    });
    const fault = networkFault(error, { phase: 'body', late });
    const cause = fault.cause as Error;
    expect(`${cause.stack}${JSON.stringify(fault)}${JSON.stringify(cause)}`).not.toContain(
      'SECRET',
    );
    expect(cause.message).toBe('EPIPE: bad [a.qobuz.com]');
  });
});
