import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { type Answer, isAppIdRefusal, isSignatureRefusal, isSuccess, refusal } from './answers.ts';
import type { AppCredentials, AppCredentialsSource } from './app-credentials.ts';
import type { Priority } from './pacing.ts';
import { signedParameters } from './signing.ts';
import type { Transport } from './transport.ts';

/** Where the account's token comes from; null when nobody is signed in. */
export interface TokenSource {
  current(): Promise<string | null>;
}

/** One call to the service. */
export interface ApiRequest {
  /** As in `album/get`. */
  readonly method: string;
  readonly verb?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
  /** Whose call it is: the signed-in account's (the default), nobody's, or that of a token not stored yet. */
  readonly as?: 'nobody' | { readonly token: string };
}

/** Calls to the service, with everything they have in common. */
export interface Api {
  /** Any final answer; app credentials are renewed once when the service does not know the app id. */
  ask(request: ApiRequest): Promise<Answer>;
  /**
   * The JSON of a successful answer. Throws `SIGN_IN_REQUIRED` (401, confirmed), `SERVICE_CHANGED` (410),
   * `SERVICE_REFUSED` (other refusals), `APP_CREDENTIALS_INVALID`, and what the transport throws.
   */
  call(request: ApiRequest): Promise<unknown>;
  /** As {@link call}, signed: the secret's candidates are tried in order until one is accepted. */
  signed(request: ApiRequest): Promise<unknown>;
  /** Throws `SIGN_IN_REQUIRED` when an unsigned call says that the session is over (qobuz-api §1.4). */
  confirmSession(request: Pick<ApiRequest, 'as' | 'priority' | 'signal'>): Promise<void>;
}

/** See {@link Api}. */
export function createApi(options: {
  transport: Transport;
  credentials: AppCredentialsSource;
  tokens: TokenSource;
  clock: Clock;
}): Api {
  const { transport, credentials, tokens, clock } = options;
  let probing: Promise<unknown> | null = null;

  const tokenFor = async (as: ApiRequest['as']): Promise<string | null> => {
    if (as === 'nobody') return null;
    const token = as ? as.token : await tokens.current();
    if (token === null) throw new CratefulError('SIGN_IN_REQUIRED');
    return token;
  };

  const send = async (request: ApiRequest, used: AppCredentials): Promise<Answer> =>
    transport({ ...request, appId: used.appId, token: await tokenFor(request.as) });

  const ask = async (request: ApiRequest): Promise<Answer> => {
    await tokenFor(request.as);
    const used = await credentials.current(request.signal);
    const answer = await send(request, used);
    if (!isAppIdRefusal(answer)) return answer;
    const again = await send(request, await credentials.refresh(used, request.signal));
    if (isAppIdRefusal(again)) throw new CratefulError('APP_CREDENTIALS_INVALID');
    return again;
  };

  const confirmSession: Api['confirmSession'] = async ({ as, priority, signal }) => {
    const answer = await ask({ method: 'user/get', priority, signal, ...(as && { as }) });
    if (answer.status === 401) throw new CratefulError('SIGN_IN_REQUIRED');
  };

  /** One pass over the candidates; null when the service accepts none of them. */
  const trySecrets = async (request: ApiRequest, used: AppCredentials): Promise<Answer | null> => {
    for (const secret of used.secrets) {
      const query = signedParameters(request.method, request.query ?? {}, secret, clock.now());
      const answer = await send({ ...request, query }, used);
      if (isAppIdRefusal(answer)) return null;
      if (isSignatureRefusal(answer)) continue;
      if (answer.status === 401) {
        // A bad signature has also come back as 401 (traps §1 S18): only a dead session ends the search.
        await confirmSession(request);
        continue;
      }
      if (provesSignature(answer)) await credentials.accept(used, secret);
      return answer;
    }
    return null;
  };

  /** While no secret is proven, one caller at a time looks for it. */
  const tryInTurn = async (request: ApiRequest): Promise<[AppCredentials, Answer | null]> => {
    let used = await credentials.current(request.signal);
    while (!used.validated && probing) {
      await probing.catch(() => undefined);
      used = await credentials.current(request.signal);
    }
    const attempt = trySecrets(request, used);
    if (used.validated) return [used, await attempt];
    const probe = attempt.finally(() => {
      if (probing === probe) probing = null;
    });
    probing = probe;
    return [used, await probe];
  };

  return {
    ask,
    confirmSession,
    async call(request) {
      const answer = await ask(request);
      if (answer.status === 401 && request.as !== 'nobody') await confirmSession(request);
      if (!isSuccess(answer)) throw refusal(answer, request.method);
      return answer.body;
    },
    async signed(request) {
      await tokenFor(request.as);
      let [used, answer] = await tryInTurn(request);
      if (!answer) {
        used = await credentials.refresh(used, request.signal);
        answer = await trySecrets(request, used);
      }
      if (!answer) throw new CratefulError('APP_CREDENTIALS_INVALID');
      if (!isSuccess(answer)) throw refusal(answer, request.method);
      return answer.body;
    },
  };
}

/**
 * Whether an answer shows that the signature was accepted. A complaint about an argument may have been made
 * before anybody looked at the signature, and 410 says nothing of it (bjarneo/cliamp#386).
 */
const provesSignature = (answer: Answer): boolean =>
  isSuccess(answer) ||
  answer.status === 404 ||
  (answer.status === 400 && !/^invalid argument/i.test(answer.message));
