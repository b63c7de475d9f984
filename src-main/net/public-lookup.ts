import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';
import { CratefulError } from '../errors.ts';

/**
 * Networks in which no public service stands (RFC 6890 and its registry): this computer, the house, the link, and with
 * them what clouds tell a machine about itself. 198.18.0.0/15 is left out: local proxies give names of that range.
 */
const PRIVATE: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const blocked = new BlockList();
for (const [network, prefix] of PRIVATE) {
  blocked.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4');
}

/** Whether an IP address can be that of a public service; one of IPv4 written as IPv6 counts as what it is. */
export const isPublicAddress = (address: string): boolean =>
  !blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/**
 * A look-up of names that gives public addresses only. A name of the service that leads into the house comes from
 * somebody in between, most often the sign-in page of a Wi-Fi: nothing is sent there, and it is `OFFLINE`
 * {reason: 'private-address'}, which passes.
 */
export function publicLookup(
  lookup: LookupFunction = systemLookup as LookupFunction,
): LookupFunction {
  return (hostname, options, done) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses =
        typeof found === 'string' ? [found] : (found ?? []).map((each) => each.address);
      if (error || addresses.every(isPublicAddress)) return done(error, found, family);
      done(new CratefulError('OFFLINE', { reason: 'private-address' }), '');
    });
}
