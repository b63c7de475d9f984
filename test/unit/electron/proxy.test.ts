import { describe, expect, it } from 'vitest';
import { proxyOfPac } from '../../../src-main/electron/proxy.ts';

describe('the system’s answer about a proxy', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY box.example:8080', 'http://box.example:8080'],
    ['PROXY box:8080; DIRECT', 'http://box:8080'],
    ['DIRECT; PROXY box:8080', null],
    ['HTTPS box:443', 'https://box:443'],
    ['SOCKS5 box:1080;DIRECT', 'socks5://box:1080'],
    ['SOCKS box:1080', 'socks4://box:1080'],
    ['QUIC box:1; PROXY other:2', 'http://other:2'],
    ['', null],
  ])('%s leads to %s', (answer, proxy) => {
    expect(proxyOfPac(answer)).toBe(proxy);
  });
});
