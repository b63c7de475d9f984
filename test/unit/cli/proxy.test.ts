import { describe, expect, it } from 'vitest';
import { proxyOfEnvironment } from '../../../src-main/cli/proxy.ts';

const QOBUZ = 'https://www.qobuz.com/api.json/0.2/user/get';

describe('the proxy of an environment', () => {
  it.each([
    [{}, QOBUZ, null],
    [{ HTTPS_PROXY: 'http://user:pass@box:3128' }, QOBUZ, 'http://user:pass@box:3128'],
    [{ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' }, QOBUZ, 'http://lower:1'],
    [{ HTTPS_PROXY: 'box:3128' }, QOBUZ, 'http://box:3128'],
    [{ ALL_PROXY: 'socks5://box' }, QOBUZ, 'socks5://box'],
    [{ http_proxy: 'http://box:1' }, QOBUZ, null],
    [{ http_proxy: 'http://box:1' }, 'http://elsewhere.example/', 'http://box:1'],
    [{ HTTP_PROXY: 'http://box:1' }, 'http://elsewhere.example/', null],
  ])('%j leads %s by %s', (environment, address, proxy) => {
    expect(proxyOfEnvironment(environment, address)).toBe(proxy);
  });

  it.each([
    ['*', true],
    ['qobuz.com', true],
    ['.qobuz.com', true],
    ['*.qobuz.com', true],
    ['other.example, WWW.Qobuz.Com', true],
    ['www.qobuz.com:443', true],
    ['www.qobuz.com:8443', false],
    ['obuz.com', false],
    ['', false],
  ])('NO_PROXY=%s keeps the service off it: %s', (list, excluded) => {
    const environment = { HTTPS_PROXY: 'http://box:1', NO_PROXY: list };
    expect(proxyOfEnvironment(environment, QOBUZ)).toBe(excluded ? null : 'http://box:1');
  });

  it.each(['::1', '[::1]', '[::1]:443'])('NO_PROXY=%s knows an IPv6 address', (list) => {
    const environment = { HTTPS_PROXY: 'http://box:1', NO_PROXY: list };
    expect(proxyOfEnvironment(environment, 'https://[::1]/')).toBeNull();
    expect(proxyOfEnvironment(environment, 'https://[::2]/')).toBe('http://box:1');
  });
});
