import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** A file to be played. */
export interface Media {
  /** Absolute. */
  readonly path: string;
  readonly type: string;
}

/** Which bytes of a file are asked for; `end` is the last one. */
export type AskedBytes = { readonly start: number; readonly end: number } | 'all' | 'unsatisfiable';

/**
 * Reads a `Range` header for a file of `size` bytes (RFC 9110 §14.2). One range is served; what is malformed, of
 * another unit, or names several ranges is answered with the whole file, as the RFC allows.
 */
export function askedBytes(header: string | null, size: number): AskedBytes {
  const range = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!range) return 'all';
  const [, from = '', to = ''] = range;
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return 'all';
  return start >= size ? 'unsatisfiable' : { start, end };
}

/**
 * Answers a request for a file with the bytes it asks for, straight from the disk. Throws when the file cannot be
 * opened.
 */
export async function mediaResponse(request: Request, media: Media): Promise<Response> {
  const handle = await open(media.path, 'r');
  let streaming = false;
  try {
    const { size } = await handle.stat();
    const asked = askedBytes(request.headers.get('range'), size);
    const headers: Record<string, string> = {
      'Content-Type': media.type,
      'Accept-Ranges': 'bytes',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    };
    if (asked === 'unsatisfiable') {
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'Content-Range': `bytes */${size}` },
      });
    }
    const { start, end } = asked === 'all' ? { start: 0, end: size - 1 } : asked;
    headers['Content-Length'] = String(end - start + 1);
    if (asked !== 'all') headers['Content-Range'] = `bytes ${start}-${end}/${size}`;
    const status = asked === 'all' ? 200 : 206;
    if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
    streaming = true;
    // The stream closes the file at its end and when the player leaves off.
    const bytes = Readable.toWeb(handle.createReadStream({ start, end }));
    return new Response(bytes as ReadableStream<Uint8Array<ArrayBuffer>>, { status, headers });
  } finally {
    if (!streaming) await handle.close();
  }
}
