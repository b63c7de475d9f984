import { CratefulError } from '../errors.ts';
import { isLoopback, isServiceHost } from '../net/addresses.ts';

/** What a browser sign-in brings back: a code to exchange, or at once the token. */
export type SignInAnswer = { readonly code: string } | { readonly token: string };

const CODE_NAMES = ['code_autorisation', 'code'];
const TOKEN_NAMES = ['user_auth_token', 'token'];
/** What a code or token can look like: it will stand in a query or a header. Longer ones are neither. */
const SHAPE = /^[\x21-\x7e]{1,2048}$/;

const first = (from: URLSearchParams, names: readonly string[]): string | undefined =>
  names.map((name) => from.get(name)?.trim() ?? '').find((value) => SHAPE.test(value));

/** What a query or fragment carries, in any spelling of qobuz-api §2.2; null when it is no answer. */
export function answerIn(query: string): SignInAnswer | null {
  const parameters = new URLSearchParams(query);
  const code = first(parameters, CODE_NAMES);
  if (code !== undefined) return { code };
  const token = first(parameters, TOKEN_NAMES);
  return token === undefined ? null : { token };
}

/**
 * Reads the address a browser ended at, as its address bar shows it, with or without `http://`. It must be the one this
 * very sign-in returns to, or a page of the service: an answer from anywhere else may be somebody else's, whose account
 * one would then be signed in to. Throws `SIGN_IN_ADDRESS_INVALID`.
 */
export function parseRedirect(address: string, returnsTo: string): SignInAnswer {
  const url = addressIn(address.trim());
  const answer =
    url !== null && (isReturn(url, new URL(returnsTo)) || isOfService(url))
      ? (answerIn(url.search) ?? answerIn(url.hash.slice(1)))
      : null;
  if (!answer) throw new CratefulError('SIGN_IN_ADDRESS_INVALID');
  return answer;
}

function addressIn(text: string): URL | null {
  const whole = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}

const isReturn = (url: URL, expected: URL): boolean =>
  url.protocol === 'http:' &&
  isLoopback(url) &&
  url.port === expected.port &&
  url.pathname === expected.pathname &&
  url.username === '' &&
  url.password === '';

const isOfService = (url: URL): boolean =>
  url.protocol === 'https:' &&
  isServiceHost(url) &&
  url.port === '' &&
  url.username === '' &&
  url.password === '';
