import { CratefulError } from '../errors.ts';

/** What a browser sign-in brings back: a code to exchange, or at once the token. */
export type SignInAnswer = { readonly code: string } | { readonly token: string };

const CODE_NAMES = ['code_autorisation', 'code'];
const TOKEN_NAMES = ['user_auth_token', 'token'];
/** Longer ones are no code and no token, whatever they are. */
const MAX_LENGTH = 2048;

const first = (from: URLSearchParams, names: readonly string[]): string | undefined =>
  names
    .map((name) => from.get(name)?.trim() ?? '')
    .find((value) => value !== '' && value.length <= MAX_LENGTH && !/\s/.test(value));

/** What a query or fragment carries, in any spelling of qobuz-api §2.2; null when it is no answer. */
export function answerIn(query: string): SignInAnswer | null {
  const parameters = new URLSearchParams(query);
  const code = first(parameters, CODE_NAMES);
  if (code !== undefined) return { code };
  const token = first(parameters, TOKEN_NAMES);
  return token === undefined ? null : { token };
}

/**
 * Reads the address the sign-in page returned to, whole or only its end, as a browser's address bar shows
 * it. Throws `SIGN_IN_ADDRESS_INVALID`.
 */
export function parseRedirect(address: string): SignInAnswer {
  const [beforeHash = '', hash = ''] = address.trim().split('#', 2);
  const answer = answerIn(beforeHash.slice(beforeHash.indexOf('?') + 1)) ?? answerIn(hash);
  if (!answer) throw new CratefulError('SIGN_IN_ADDRESS_INVALID');
  return answer;
}
