import { createHash } from 'node:crypto';
import { type AccountId, accountId } from '../../src-preload/contract/ids.ts';
import { CratefulError } from '../errors.ts';
import { isSuccess, refusal } from './answers.ts';
import type { Api, ApiRequest } from './api.ts';
import type { AppCredentialsSource } from './app-credentials.ts';
import { type RawUser, userSchema } from './schemas.ts';

/** What Crateful knows of an account; nothing private. */
export interface AccountProfile {
  readonly id: AccountId;
  /** A display name, never the e-mail address; empty when the account has none. */
  readonly name: string;
  readonly country: string | null;
  /** The subscription's name; null for an account that only buys. */
  readonly plan: string | null;
}

/** Reads the account out of an answer of `user/login` or `user/get`; `SERVICE_UNREADABLE` when there is none. */
export function profileOf(body: unknown): AccountProfile {
  const inner: unknown =
    typeof body === 'object' && body !== null ? (Reflect.get(body, 'user') ?? body) : body;
  const parsed = userSchema.safeParse(inner);
  if (!parsed.success) throw new CratefulError('SERVICE_UNREADABLE', { reason: 'account' });
  const user = parsed.data;
  const parameters = user.credential?.parameters;
  return {
    id: accountId(user.id),
    name: nameOf(user),
    country: user.country_code,
    plan: parameters?.label ?? parameters?.short_label ?? null,
  };
}

const nameOf = (user: RawUser): string => {
  const full = [user.firstname, user.lastname].filter((part) => part !== null).join(' ');
  const names = [user.display_name, full, user.login];
  return names.find((name) => name !== null && name !== '' && !name.includes('@')) ?? '';
};

/**
 * Whose token this is. `user/login` with `extra=partner` tells most (qobuz-api §2.2); where it is refused,
 * `user/get` decides. Throws `SIGN_IN_REQUIRED` when both say 401, and what {@link Api.call} throws.
 */
export async function fetchProfile(
  api: Api,
  options: { as?: { token: string }; signal?: AbortSignal | undefined },
): Promise<AccountProfile> {
  const whose: Pick<ApiRequest, 'as' | 'priority' | 'signal'> = {
    ...(options.as && { as: options.as }),
    priority: 'user',
    signal: options.signal,
  };
  const form = { extra: 'partner' };
  const login = await api.ask({ method: 'user/login', verb: 'POST', form, ...whose });
  if (isSuccess(login)) return profileOf(login.body);
  if (login.status === 410) throw refusal(login, 'user/login');
  const user = await api.ask({ method: 'user/get', ...whose });
  if (user.status === 401) throw new CratefulError('SIGN_IN_REQUIRED');
  if (!isSuccess(user)) throw refusal(user, 'user/get');
  return profileOf(user.body);
}

/**
 * The page where the account's owner signs in, in the system's browser (qobuz-api §2.2); it comes back to
 * `redirectUrl`. Throws `SIGN_IN_NEEDS_TOKEN` for a user-given pair, which has no key for the exchange that
 * follows, `SERVICE_CHANGED` when the web player tells no such key.
 */
export async function signInPage(
  credentials: AppCredentialsSource,
  apiBase: string,
  redirectUrl: string,
): Promise<string> {
  const { appId } = await withSignInKey(credentials);
  const page = new URL('/signin/oauth', apiBase);
  page.searchParams.set('ext_app_id', appId);
  page.searchParams.set('redirect_url', redirectUrl);
  return page.href;
}

async function withSignInKey(credentials: AppCredentialsSource) {
  const { appId, signInKey, userGiven } = await credentials.current();
  if (signInKey !== null) return { appId, signInKey };
  if (userGiven) throw new CratefulError('SIGN_IN_NEEDS_TOKEN');
  throw new CratefulError('SERVICE_CHANGED', { detail: 'sign-in-key' });
}

/** Changes the code a sign-in brought back into a token; `SIGN_IN_REFUSED` with the service's words. */
export async function exchangeCode(
  api: Api,
  credentials: AppCredentialsSource,
  code: string,
): Promise<string> {
  const { appId, signInKey } = await withSignInKey(credentials);
  const query = { code, private_key: signInKey, app_id: appId };
  return tokenOf(api, { method: 'oauth/callback', query, priority: 'user', as: 'nobody' });
}

/**
 * Signs in with name and password, which the service refuses to most apps since April 2026 (qobuz-api §2.1):
 * `SIGN_IN_REFUSED` carries its own words. The password leaves as the md5 the service expects.
 */
export async function passwordSignIn(
  api: Api,
  username: string,
  password: string,
): Promise<string> {
  const hash = createHash('md5').update(password, 'utf8').digest('hex');
  const form = { username, email: username, password: hash };
  return tokenOf(api, { method: 'user/login', verb: 'POST', form, priority: 'user', as: 'nobody' });
}

async function tokenOf(api: Api, request: ApiRequest): Promise<string> {
  const answer = await api.ask(request);
  if (answer.status === 410) throw refusal(answer, request.method);
  if (!isSuccess(answer)) {
    throw new CratefulError('SIGN_IN_REFUSED', {
      message: answer.message,
      status: answer.status,
    });
  }
  const body: object = typeof answer.body === 'object' && answer.body ? answer.body : {};
  const token: unknown = Reflect.get(body, 'token') ?? Reflect.get(body, 'user_auth_token');
  if (typeof token === 'string' && token !== '') return token;
  throw new CratefulError('SERVICE_UNREADABLE', { reason: 'token' });
}
