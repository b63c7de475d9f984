import { CratefulError } from '../errors.ts';
import { isLoopback, isServiceHost } from '../net/addresses.ts';

/** Where the sign-in window may go. */
export interface SignInPolicy {
  /** Whether the window itself may show an address. */
  mayVisit(address: string): boolean;
  /** Whether a page in it may load something from there: its own parts, a captcha. */
  mayLoad(address: string): boolean;
}

const parse = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);

/** The service itself, over https on its usual port. */
const isService = (url: URL): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  url.username === '' &&
  url.password === '' &&
  isServiceHost(url);

/**
 * What a sign-in that begins at `page` may visit: the service's own hosts and the one address on this computer it
 * returns to. A stand-in for the service is held to its own origin. Throws `ADDRESS_REFUSED` for any other page.
 */
export function signInPolicy(page: string): SignInPolicy {
  const start = parse(page);
  const real = start !== null && isService(start);
  if (!start || !(real || isLoopback(start))) {
    throw new CratefulError('ADDRESS_REFUSED', { host: start?.hostname ?? '' });
  }
  const back = parse(start.searchParams.get('redirect_url') ?? '');
  const isReturn = (url: URL): boolean =>
    back !== null &&
    isLoopback(back) &&
    url.origin === back.origin &&
    url.pathname === back.pathname;
  const isHome = (url: URL): boolean => (real ? isService(url) : url.origin === start.origin);
  return {
    mayVisit(address) {
      const url = parse(address);
      return url !== null && (isHome(url) || isReturn(url));
    },
    mayLoad(address) {
      const url = parse(address);
      if (url === null) return false;
      if (['data:', 'blob:', 'about:'].includes(url.protocol)) return true;
      if (isHome(url) || isReturn(url)) return true;
      // A page from outside must not look around on this computer.
      return ['https:', 'wss:'].includes(url.protocol) && !isLoopback(url);
    },
  };
}
