import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DEMO_USER } from './sessions.ts';

/** Makes and checks the CDN's signed, expiring addresses (qobuz-api §5.6). */
export interface FileAddresses {
  /** An address good until `nowSeconds` plus the lifetime. */
  sign(file: { trackId: number; formatId: number; appId: string; nowSeconds: number }): string;
  /** Whether an address was signed here, as it stands, and has not expired. */
  isGood(query: URLSearchParams, nowSeconds: number): boolean;
  /** Makes every address given out so far as good as expired. */
  expireAll(): void;
}

/** Addresses under `origin` that live for `lifetimeSeconds`. */
export function createFileAddresses(origin: string, lifetimeSeconds: number): FileAddresses {
  let key = randomBytes(32);
  const hmacOf = (query: URLSearchParams): Buffer => {
    const signed = [...query].filter(([name]) => name !== 'hmac').map((pair) => pair.join('='));
    return createHmac('sha256', key).update(signed.join('&')).digest();
  };
  return {
    sign({ trackId, formatId, appId, nowSeconds }) {
      const query = new URLSearchParams({
        uid: String(DEMO_USER.id),
        eid: String(trackId),
        fmt: String(formatId),
        profile: 'raw',
        app_id: appId,
        cid: String(500_000 + (trackId % 100_000)),
        etsp: String(nowSeconds + lifetimeSeconds),
      });
      query.set('hmac', hmacOf(query).toString('base64url'));
      return `${origin}/file?${query}`;
    },
    isGood(query, nowSeconds) {
      const given = Buffer.from(query.get('hmac') ?? '', 'base64url');
      const wanted = hmacOf(query);
      return (
        given.length === wanted.length &&
        timingSafeEqual(given, wanted) &&
        Number(query.get('etsp')) > nowSeconds
      );
    },
    expireAll() {
      key = randomBytes(32);
    },
  };
}
