import { CratefulError } from '../errors.ts';

/** The host of an address in one spelling: lower case, without brackets or a final dot. */
const hostOf = (url: URL): string => url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');

/** Whether an address belongs to the service itself: `qobuz.com` or a name under it. */
export const isServiceHost = (url: URL): boolean => {
  const host = hostOf(url);
  return host === 'qobuz.com' || host.endsWith('.qobuz.com');
};

/** Whether an address names this computer. */
export const isLoopback = (url: URL): boolean => {
  const host = hostOf(url);
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
};

const refuse = (url: URL): never => {
  throw new CratefulError('ADDRESS_REFUSED', { host: hostOf(url) });
};

/**
 * Which addresses may be asked at all (architecture §1 `net/`). With the real service: https on its own
 * hosts and on the network that delivers its files (qobuz-api §5.4, §5.6). With any other base, such as the
 * demo store: that base's host and loopback, so that a stand-in never sends anybody elsewhere. The check
 * throws `ADDRESS_REFUSED`; so does this function when the base is no address.
 */
export function addressPolicy(apiBase: string): (url: URL) => void {
  if (!URL.canParse(apiBase)) throw new CratefulError('ADDRESS_REFUSED', { host: apiBase });
  const base = new URL(apiBase);
  if (isServiceHost(base)) {
    return (url) => {
      const delivers = isServiceHost(url) || hostOf(url).endsWith('.akamaized.net');
      const plain = url.port === '' && url.username === '' && url.password === '';
      if (url.protocol !== 'https:' || !delivers || !plain) refuse(url);
    };
  }
  const allowed = hostOf(base);
  return (url) => {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse(url);
    if (url.username !== '' || url.password !== '') refuse(url);
    if (hostOf(url) !== allowed && !isLoopback(url)) refuse(url);
  };
}
