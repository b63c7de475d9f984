import type { StoreFault } from '../../src-main/demo/faults.ts';
import {
  accessDenied,
  apiError,
  html,
  json,
  type StoreAnswer,
} from '../../src-main/demo/http-messages.ts';
import type { DemoStore } from '../../src-main/demo/store.ts';

const answering = (answer: () => StoreAnswer): StoreFault => ({ intercept: () => answer() });

/** Faulty statuses (traps §3). Which call they replace is said by the scope's `on`. */
export const statusFaults = {
  /** 401 although the token is good. */
  unauthorized: () => answering(() => apiError(401, 'User authentication is required.')),
  /** 403 with the edge's HTML page. */
  accessDenied: () => answering(accessDenied),
  /** 403 with the service's own word for a banned account. */
  userBlocked: () =>
    answering(() => json({ status: 'error', code: 403, message: 'USER_BLOCKED' }, 403)),
  /** 429; `retryAfter` is the header's value (seconds or an HTTP date), none when absent. */
  rateLimited: (retryAfter?: string) =>
    answering(() => {
      const answer = apiError(429, 'Too many requests');
      return retryAfter === undefined
        ? answer
        : { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } };
    }),
  /** A fault of the server: 500, 502, 503 or 504 with a gateway's page. */
  serverError: (status: 500 | 502 | 503 | 504 = 503) =>
    answering(() => html('<html><body><h1>Bad gateway</h1></body></html>', status)),
  /** 404 in the service's words. */
  notFound: () => answering(() => apiError(404, 'No result matching given argument')),
  /** 410: a retired method on the API, an expired address on the CDN (qobuz-api §2.6). */
  gone: () => answering(() => apiError(410, 'Gone')),
  /** A redirect to itself, for ever. */
  redirectLoop: (): StoreFault => ({
    intercept: (call) => ({ status: 302, headers: { location: call.target }, body: '' }),
  }),
  /** 200 with a page where JSON should be. */
  notJson: () => answering(() => html('<html><body>Maintenance</body></html>')),
  /** 200 with JSON of some other shape. */
  otherJson: () => answering(() => json({ ok: true })),
  /** 400 as for a signature made with a wrong secret. */
  signatureRefused: () =>
    answering(() => apiError(400, 'Invalid Request Signature parameter (request_sig)')),
  /** The connection drops without an answer. */
  reset: (): StoreFault => ({ intercept: () => 'reset' }),
} as const;

/** Faulty answers of `track/getFileUrl` with status 200 (qobuz-api §5.3, §5.5). */
export const apiFaults = {
  /** The 30-second preview: `sample: true` and an address all the same. */
  sample: (store: DemoStore): StoreFault => ({
    intercept(call) {
      const trackId = Number(call.query.get('track_id'));
      const formatId = Number(call.query.get('format_id'));
      return json({
        track_id: trackId,
        duration: 30,
        url: `${store.fileUrl(trackId, formatId)}&range=20-30`,
        format_id: formatId,
        mime_type: 'audio/flac',
        restrictions: [{ code: 'UserUncredentialed' }],
        sample: true,
      });
    },
  }),
  /** Another format than the one asked for, with a good address. */
  otherFormat: (store: DemoStore, formatId: number): StoreFault => ({
    intercept(call) {
      const trackId = Number(call.query.get('track_id'));
      return json({
        track_id: trackId,
        duration: store.catalogue.find(trackId)?.track.durationSeconds,
        url: store.fileUrl(trackId, formatId),
        format_id: formatId,
        mime_type: formatId === 5 ? 'audio/mpeg' : 'audio/flac',
        sampling_rate: 44.1,
        bit_depth: 16,
        restrictions: [{ code: 'FormatRestrictedByFormatAvailability' }],
      });
    },
  }),
  /** No address, and a restriction that says why. */
  restricted: (code: string): StoreFault => ({
    intercept: (call) =>
      json({
        track_id: Number(call.query.get('track_id')),
        format_id: Number(call.query.get('format_id')),
        restrictions: [{ code }],
      }),
  }),
  /** An address on a host that is none of the service's. */
  foreignAddress: (url: string): StoreFault => ({
    intercept: (call) =>
      json({
        track_id: Number(call.query.get('track_id')),
        duration: 30,
        url,
        format_id: Number(call.query.get('format_id')),
        mime_type: 'audio/flac',
        sampling_rate: 44.1,
        bit_depth: 16,
      }),
  }),
} as const;
