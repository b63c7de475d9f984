import type { ServerResponse } from 'node:http';
import { requestSignature } from '../../src-main/qobuz/signing.ts';
import { type PlayerScript, playerPage, playerScript } from './player-script.ts';
import { json, page, type SeenRequest, smallServer } from './small-server.ts';

/** What a test may change about the service while it runs. */
export interface SmallQobuzState {
  script: PlayerScript;
  version: string;
  /** The one secret whose signatures are accepted. */
  secret: string;
  token: string;
  /** How a bad signature is refused. */
  badSignatureStatus: 400 | 401;
}

/** Answers one method; returning false leaves the request to the defaults. */
export type MethodAnswer = (request: SeenRequest, response: ServerResponse) => unknown;

/**
 * A service as strict as the facts say about who is asked (app id, token, signature), whose methods are
 * answered by the test: `methods['album/get'] = (request, response) => …`.
 */
export async function smallQobuz(change: Partial<SmallQobuzState> = {}) {
  const secret = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0';
  const state: SmallQobuzState = {
    script: {
      appId: '123456789',
      literal: 'abcdef0123456789abcdef0123456789',
      derived: { london: 'c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0', berlin: secret },
      signInKey: 'keyOfProduction',
    },
    version: '8.2.0-b034',
    secret,
    token: 'token-of-the-test',
    badSignatureStatus: 400,
    ...change,
  };
  const refuse = (response: ServerResponse, code: number, message: string) =>
    json(response, code, { status: 'error', code, message });
  const methods: Record<string, MethodAnswer> = {
    'user/get': (_request, response) =>
      json(response, 200, { id: 1000001, login: 'tester', country_code: 'GB' }),
  };
  const signatureHolds = ({ query }: SeenRequest, method: string): boolean => {
    const { request_ts = '', request_sig, ...rest } = Object.fromEntries(query);
    return requestSignature(method, rest, request_ts, state.secret) === request_sig;
  };
  const server = await smallServer((request, response) => {
    if (request.path === '/login') return page(response, 200, playerPage(state.version));
    if (request.path === `/resources/${state.version}/bundle.js`) {
      return page(response, 200, playerScript(state.script));
    }
    const method = request.path.replace('/api.json/0.2/', '');
    if (request.headers['x-app-id'] !== state.script.appId) {
      return refuse(response, 400, 'Invalid or missing app_id parameter');
    }
    const open = method === 'oauth/callback' || methods[`open ${method}`] !== undefined;
    if (!open && request.headers['x-user-auth-token'] !== state.token) {
      return refuse(response, 401, 'User authentication is required. (Root=1-0-0)');
    }
    if (method === 'track/getFileUrl' && !signatureHolds(request, method)) {
      const message =
        state.badSignatureStatus === 400
          ? 'Invalid Request Signature parameter (request_sig)'
          : 'User authentication is required.';
      return refuse(response, state.badSignatureStatus, message);
    }
    const answer = methods[method] ?? methods[`open ${method}`];
    if (!answer) return refuse(response, 404, 'No result matching given argument');
    answer(request, response);
  });
  return {
    ...server,
    state,
    methods,
    apiBase: `${server.origin}/api.json/0.2`,
    /** Requests of one method, or to one path. */
    asked: (method: string) =>
      server.seen.filter(({ path }) => path === `/api.json/0.2/${method}` || path === `/${method}`),
  };
}
