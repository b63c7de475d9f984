import { readFileSync } from 'node:fs';
import type { CdnAnswer, CdnRequest, StoreFault } from '../../src-main/demo/faults.ts';

type Body = CdnAnswer['body'];

/** A fault of what the CDN sends. */
const shaping = (shape: (answer: CdnAnswer, request: CdnRequest) => CdnAnswer): StoreFault => ({
  shape: (answer, request) => (answer.status === 416 ? answer : shape(answer, request)),
});

/** Lets the first `count` bytes through. */
async function* take(body: Body, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  if (left <= 0) return;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function* append(body: Body, extra: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* body;
  yield extra;
}

/** Changes bytes by their place in the whole file; `start` is the place of the body's first byte. */
async function* change(
  body: Body,
  start: number,
  edit: (byte: number, at: number) => number,
): AsyncGenerator<Uint8Array> {
  let at = start;
  for await (const chunk of body) {
    const first = at;
    yield chunk.map((byte, index) => edit(byte, first + index));
    at += chunk.length;
  }
}

async function* drip(body: Body, bytes: number, pauseMs: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += bytes) {
      yield chunk.subarray(at, at + bytes);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

const without = (headers: CdnAnswer['headers'], name: string): CdnAnswer['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

/** How many bytes of this body lie before `fraction` of the whole file. */
const before = (fraction: number, request: CdnRequest): number =>
  Math.max(0, Math.floor(request.totalBytes * fraction) - request.start);

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A whole other answer with status 200 and its honest length, whatever range was asked for. */
const replaced = (bytes: Buffer, contentType: string): CdnAnswer => ({
  status: 200,
  headers: { 'content-type': contentType, 'content-length': String(bytes.length) },
  body: oneChunk(bytes),
  ending: 'end',
});

const PAGE = '<!doctype html><html><body><h1>We will be right back</h1></body></html>';
const previewFile = (formatId: number): Buffer =>
  readFileSync(
    new URL(`./audio/preview.${formatId}.${formatId === 5 ? 'mp3' : 'flac'}`, import.meta.url),
  );

/** Faults of a file's body (traps §3). Fractions are of the whole file, so a resumed try stays struck. */
export const bodyFaults = {
  /** One byte, then the connection closes, whatever was asked for. */
  oneByte: () => shaping((answer) => ({ ...answer, body: take(answer.body, 1), ending: 'cut' })),

  /** The connection closes at a fraction of the file. */
  cutAt: (fraction: number) =>
    shaping((answer, request) => ({
      ...answer,
      body: take(answer.body, before(fraction, request)),
      ending: 'cut',
    })),

  /** The connection closes so many bytes before the end that was announced. */
  shortBy: (bytes = 1) =>
    shaping((answer, request) => ({
      ...answer,
      body: take(answer.body, request.totalBytes - request.start - bytes),
      ending: 'cut',
    })),

  /** The file has lost its end, and the length announced agrees with what is sent. */
  shortHonestly: (bytes = 1) =>
    shaping((answer, request) => {
      const length = request.totalBytes - request.start - bytes;
      const range = `bytes ${request.start}-${request.totalBytes - bytes - 1}`;
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'content-length': String(length),
          ...(answer.status === 206
            ? { 'content-range': `${range}/${request.totalBytes - bytes}` }
            : {}),
        },
        body: take(answer.body, length),
      };
    }),

  /** More bytes than Content-Length announced follow on the connection. */
  longerThanAnnounced: (bytes = 16) =>
    shaping((answer) => ({ ...answer, body: append(answer.body, new Uint8Array(bytes)) })),

  /** No length is announced, and more bytes come than the file has. */
  longerWithoutLength: (bytes = 16) =>
    shaping((answer) => ({
      ...answer,
      headers: without(answer.headers, 'content-length'),
      body: append(answer.body, new Uint8Array(bytes)),
    })),

  /** No length is announced; all bytes come. Not a fault, but nothing then tells how many to expect. */
  withoutLength: () =>
    shaping((answer) => ({ ...answer, headers: without(answer.headers, 'content-length') })),

  /** No length is announced, and the message ends properly at a fraction of the file. */
  cutWithoutLength: (fraction: number) =>
    shaping((answer, request) => ({
      ...answer,
      headers: without(answer.headers, 'content-length'),
      body: take(answer.body, before(fraction, request)),
    })),

  /** An HTML page with status 200; `disguised` says it is audio. */
  htmlPage: (options: { readonly disguised?: boolean } = {}) =>
    shaping((answer) => {
      const type = options.disguised ? (answer.headers['content-type'] ?? '') : 'text/html';
      return replaced(Buffer.from(PAGE), type);
    }),

  /** A whole and valid file of the right format that is far too short: the preview. */
  preview: () =>
    shaping((answer, request) =>
      replaced(previewFile(request.formatId), answer.headers['content-type'] ?? ''),
    ),

  /** A valid file of another format; `disguised` keeps the MIME type of the one asked for. */
  wrongFormat: (options: { readonly disguised?: boolean } = {}) =>
    shaping((answer, request) => {
      const served = request.formatId === 5 ? 6 : 5;
      const honest = served === 5 ? 'audio/mpeg' : 'audio/flac';
      const type = options.disguised ? (answer.headers['content-type'] ?? '') : honest;
      return replaced(previewFile(served), type);
    }),

  /** The last part of the file is zeros; length and status are right. */
  zeroTail: (fraction = 0.25) =>
    shaping((answer, request) => {
      const from = Math.floor(request.totalBytes * (1 - fraction));
      const body = change(answer.body, request.start, (byte, at) => (at >= from ? 0 : byte));
      return { ...answer, body };
    }),

  /** One bit is wrong, at a fraction of the file. */
  flippedBit: (fraction = 0.5) =>
    shaping((answer, request) => {
      const target = Math.floor(request.totalBytes * fraction);
      if (request.start > target) return answer;
      const body = change(answer.body, request.start, (byte, at) =>
        at === target ? byte ^ 0x10 : byte,
      );
      return { ...answer, body };
    }),

  /** Nothing more comes after a fraction of the file, and the connection stays open. */
  stallAt: (fraction = 0.5) =>
    shaping((answer, request) => ({
      ...answer,
      body: take(answer.body, before(fraction, request)),
      ending: 'stall',
    })),

  /** The file comes in small pieces with a pause after each. */
  drip: (options: { readonly bytes: number; readonly pauseMs: number }) =>
    shaping((answer) => ({ ...answer, body: drip(answer.body, options.bytes, options.pauseMs) })),
} as const;
