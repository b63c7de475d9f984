import { randomBytes } from 'node:crypto';

/** One call as the store's parts see it. */
export interface StoreCall {
  readonly kind: 'api' | 'player' | 'sign-in' | 'cdn' | 'static';
  readonly method: string;
  /** For the API the method's name, as `track/getFileUrl`; else the path from `/` on. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as requested. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request's body as text; empty for GET. */
  readonly body: string;
}

/** A complete answer. */
export interface StoreAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A JSON answer. */
export const json = (body: unknown, status = 200): StoreAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

/** An HTML page. */
export const html = (body: string, status = 200): StoreAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** An error body with the trace id the service appends to its messages (qobuz-api §2.6). */
export const apiError = (status: number, message: string): StoreAnswer => {
  const trace = `1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')}`;
  return json({ status: 'error', code: status, message: `${message} (Root=${trace})` }, status);
};

/** The answers more than one call gives, in the service's own words. */
export const REFUSALS = {
  appId: () => apiError(400, 'Invalid or missing app_id parameter'),
  signature: () => apiError(400, 'Invalid Request Signature parameter (request_sig)'),
  argument: (name: string, accepted: string) =>
    apiError(400, `Invalid argument: ${name} (accepted values are ${accepted})`),
  token: () => apiError(401, 'User authentication is required.'),
  notFound: () => apiError(404, 'No result matching given argument'),
} as const;

/** The edge's HTML page for what it will not serve. */
export const accessDenied = (): StoreAnswer =>
  html(
    '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>' +
      "You don't have permission to access this resource on this server.</BODY></HTML>",
    403,
  );
