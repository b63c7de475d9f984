import { createReadStream } from 'node:fs';
import type { CdnAnswer, CdnRequest, StoreFault } from '../../src-main/demo/faults.ts';
import { accessDenied } from '../../src-main/demo/http-messages.ts';

/** A fault of the answer to a request with Range; others pass. */
const ranged = (shape: (answer: CdnAnswer, request: CdnRequest) => CdnAnswer): StoreFault => ({
  shape: (answer, request) =>
    request.ranged && answer.status === 206 ? shape(answer, request) : answer,
});

const contentRange = (start: number, request: CdnRequest, total = request.totalBytes): string =>
  `bytes ${start}-${request.totalBytes - 1}/${total}`;

async function* text(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

/** Faults of resuming (traps §3); they strike only requests that carry a Range. */
export const rangeFaults = {
  /** 200 and the whole file. */
  ignored: () =>
    ranged((answer, request) => ({
      ...answer,
      status: 200,
      headers: {
        'content-type': answer.headers['content-type'] ?? '',
        'content-length': String(request.totalBytes),
      },
      body: createReadStream(request.file),
    })),

  /** 206 that starts somewhere else than asked, and says so. */
  wrongStart: (shift = 1) =>
    ranged((answer, request) => {
      const start = Math.min(request.start + shift, request.totalBytes - 1);
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'content-range': contentRange(start, request),
          'content-length': String(request.totalBytes - start),
        },
        body: createReadStream(request.file, { start }),
      };
    }),

  /** 206 of a file that has another size than before. */
  otherTotal: (difference = 1) =>
    ranged((answer, request) => ({
      ...answer,
      headers: {
        ...answer.headers,
        'content-range': contentRange(request.start, request, request.totalBytes + difference),
      },
    })),

  /** 416, though the range lies inside the file. */
  unsatisfiable: () =>
    ranged((answer, request) => ({
      ...answer,
      status: 416,
      headers: { 'content-range': `bytes */${request.totalBytes}`, 'content-length': '0' },
      body: text(''),
    })),

  /** 206 of another version of the file. */
  changedEtag: () =>
    ranged((answer) => ({ ...answer, headers: { ...answer.headers, etag: '"another-version"' } })),

  /** 403 with an HTML page, as for an address that expired between two attempts. */
  expired: () =>
    ranged((answer) => {
      const refused = accessDenied();
      return { ...answer, ...refused, body: text(String(refused.body)) };
    }),
} as const;
