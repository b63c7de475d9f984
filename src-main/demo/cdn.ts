import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { DemoCatalogue } from './catalogue.ts';
import type { CdnAnswer, CdnRequest } from './faults.ts';
import type { FileAddresses } from './file-addresses.ts';
import { accessDenied, apiError, type StoreAnswer, type StoreCall } from './http-messages.ts';
import { STORE_FORMATS } from './store-formats.ts';

/** What the CDN's answers depend on. */
export interface CdnContext {
  readonly catalogue: DemoCatalogue;
  readonly addresses: FileAddresses;
  /** Folder of the audio files. */
  readonly audioFolder: string;
  readonly nowSeconds: () => number;
}

/** A plain refusal, or a file with what was asked of it. */
export type CdnResult =
  | { readonly refused: StoreAnswer }
  | { readonly answer: CdnAnswer; readonly request: CdnRequest };

/** A body of one piece. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * First and last byte of a single-range header (RFC 9110 §14.1.2); null for what is to be ignored, as
 * several ranges, and `unsatisfiable` for one outside the file.
 */
function parseRange(
  header: string | undefined,
  total: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, total - Number(last)) : Number(first);
  const end = first === '' || last === '' ? total - 1 : Math.min(Number(last), total - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

/**
 * Answers `/file`: signed, unexpired addresses only (else 403 with the edge's HTML page), no account token
 * (400: a client must not send it here, qobuz-api §5.6), one Range, ETag and If-Range.
 */
export async function answerCdn(call: StoreCall, context: CdnContext): Promise<CdnResult> {
  if (call.headers['x-user-auth-token'] !== undefined || call.query.has('user_auth_token')) {
    return { refused: apiError(400, 'Account tokens do not belong here') };
  }
  const trackId = Number(call.query.get('eid'));
  const formatId = Number(call.query.get('fmt'));
  const name = context.catalogue.find(trackId)?.track.files[formatId];
  const good = context.addresses.isGood(call.query, context.nowSeconds());
  if (!good || name === undefined) return { refused: accessDenied() };

  const file = path.resolve(context.audioFolder, name);
  const { size, mtimeMs } = await stat(file);
  const etag = `"${createHash('md5').update(`${name} ${size} ${mtimeMs}`).digest('hex')}"`;
  const condition = call.headers['if-range'];
  const applies = condition === undefined || condition === etag;
  const range = applies ? parseRange(call.headers.range, size) : null;
  const request: CdnRequest = {
    trackId,
    formatId,
    file,
    totalBytes: size,
    start: range !== null && range !== 'unsatisfiable' ? range.start : 0,
    ranged: call.headers.range !== undefined,
  };
  const headers = {
    'content-type': STORE_FORMATS[formatId]?.mimeType ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    etag,
  };
  if (range === 'unsatisfiable') {
    return {
      request,
      answer: {
        status: 416,
        headers: { ...headers, 'content-range': `bytes */${size}`, 'content-length': '0' },
        body: oneChunk(new Uint8Array()),
        ending: 'end',
      },
    };
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  return {
    request,
    answer: {
      status: range ? 206 : 200,
      headers: {
        ...headers,
        'content-length': String(end - start + 1),
        ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
      },
      body: createReadStream(file, { start, end, highWaterMark: 256 * 1024 }),
      ending: 'end',
    },
  };
}
