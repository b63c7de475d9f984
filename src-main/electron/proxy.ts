/** The schemes of what a PAC answer names; a bare SOCKS is version 4 (Chromium, `net/docs/proxy.md`). */
const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};

/**
 * The first way a PAC answer names, as `session.resolveProxy` gives it (`PROXY a:8080; DIRECT`), as an address; null
 * for the direct way. Ways nobody here knows are passed over.
 */
export function proxyOfPac(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = SCHEMES[kind.toUpperCase()];
    if (scheme !== undefined && host !== '') return `${scheme}://${host}`;
  }
  return null;
}
