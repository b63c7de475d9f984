import { createHash } from 'node:crypto';

/** Parameters that never enter a signature (qobuz-api §5.2). */
const UNSIGNED = new Set(['app_id', 'user_auth_token', 'request_ts', 'request_sig']);

/**
 * The `request_sig` of a call: md5, in hex, of the method's name without its slash, every parameter as key
 * and value in alphabetical order of keys, the timestamp and the secret, with nothing in between
 * (qobuz-api §5.2). `timestamp` is Unix seconds and must be the very text sent as `request_ts`.
 */
export function requestSignature(
  method: string,
  parameters: Readonly<Record<string, string>>,
  timestamp: string,
  secret: string,
): string {
  const signed = Object.keys(parameters)
    .filter((key) => !UNSIGNED.has(key))
    .sort()
    .map((key) => `${key}${parameters[key]}`)
    .join('');
  const text = `${method.replaceAll('/', '')}${signed}${timestamp}${secret}`;
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** The parameters of a signed call, with `request_ts` (Unix seconds of `nowMs`) and `request_sig` added. */
export function signedParameters(
  method: string,
  parameters: Readonly<Record<string, string>>,
  secret: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    ...parameters,
    request_ts: timestamp,
    request_sig: requestSignature(method, parameters, timestamp, secret),
  };
}
