import { createHash } from 'node:crypto';

/** Parameters that are sent but not signed (qobuz-api §5.2). */
const UNSIGNED = new Set(['app_id', 'user_auth_token', 'request_ts', 'request_sig']);

/**
 * The signature the service expects: MD5 over object and method, every signed parameter as key and value in
 * alphabetical key order, timestamp and secret, without separators (qobuz-api §5.2). Written apart from the
 * client's own code, so that a shared mistake cannot pass.
 */
export function expectedSignature(path: string, query: URLSearchParams, secret: string): string {
  const signed = [...query.entries()]
    .filter(([name]) => !UNSIGNED.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const preimage =
    path.replace('/', '') +
    signed.map(([name, value]) => name + value).join('') +
    (query.get('request_ts') ?? '') +
    secret;
  return createHash('md5').update(preimage, 'utf8').digest('hex');
}
