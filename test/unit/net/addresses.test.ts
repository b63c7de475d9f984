import { describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../src-main/net/addresses.ts';

const allows = (base: string, address: string): boolean => {
  try {
    addressPolicy(base)(new URL(address));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ADDRESS_REFUSED' });
    return false;
  }
};

describe('addressPolicy', () => {
  const real = 'https://www.qobuz.com/api.json/0.2';
  it.each([
    ['https://www.qobuz.com/api.json/0.2/album/get', true],
    ['https://qobuz.com/', true],
    ['https://download-v2.qobuz.com/file?x=1', true],
    ['https://streaming-qobuz-std.akamaized.net/file', true],
    ['http://www.qobuz.com/', false],
    ['https://www.qobuz.com:8443/', false],
    ['https://www.qobuz.com@evil.example/', false],
    ['https://user:word@www.qobuz.com/', false],
    ['https://qobuz.com.evil.example/', false],
    ['https://notqobuz.com/', false],
    ['https://akamaized.net.example/', false],
    ['http://127.0.0.1/', false],
    ['file:///etc/passwd', false],
  ])('with the real service: %s → %s', (address, allowed) => {
    expect(allows(real, address)).toBe(allowed);
  });

  it.each([
    ['http://127.0.0.1:9/x', true],
    ['http://localhost/x', true],
    ['http://[::1]:80/x', true],
    ['http://demo.test:123/', true],
    ['https://www.qobuz.com/', false],
    ['http://127.evil.example/', false],
    ['ftp://demo.test/', false],
  ])('with a stand-in at demo.test: %s → %s', (address, allowed) => {
    expect(allows('http://demo.test:4567/api.json/0.2', address)).toBe(allowed);
  });

  it('refuses a base that is no address', () => {
    expect(() => addressPolicy('qobuz')).toThrowError(
      expect.objectContaining({ code: 'ADDRESS_REFUSED' }),
    );
  });
});
