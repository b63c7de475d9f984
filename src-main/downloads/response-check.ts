import type { FormatInfo } from '../../src-preload/contract/formats.ts';
import { CratefulError } from '../errors.ts';

/** What was asked of the CDN. */
export interface Asked {
  /** Where the part on disk ends; 0 for a fresh start. */
  readonly offset: number;
  /** Length of the whole as an earlier answer stated it; 0 when unknown. */
  readonly totalBytes: number;
  readonly etag: string | null;
  readonly extension: FormatInfo['extension'];
}

/** What the answer's head means for the part on disk. */
export interface BodyPlan {
  /** Where the first byte of the body belongs. */
  readonly offset: number;
  /** Length of the whole; 0 when the service does not say. */
  readonly totalBytes: number;
  readonly mimeType: string;
  readonly etag: string | null;
}

/** The verdict on an answer: its body is to be written, the part is whole already, or the part is worthless. */
export type ResponseVerdict =
  | { readonly kind: 'body'; readonly plan: BodyPlan }
  | { readonly kind: 'already-whole' }
  | { readonly kind: 'discard-part' };

type Headers = Readonly<Record<string, string>>;

/**
 * Guards of architecture §4 step 1 (RFC 9110 §14, §15.3.7): the status is 200 or 206, `Content-Range` starts
 * where the part ends, the total and the entity are unchanged, the type is audio. A 416 is not success: only
 * when its total equals what is on disk is the part whole. A part of unknown length asks whether that was all: a 416
 * without another total, or a 200 as long as the part, says yes.
 *
 * Throws `CDN_REFUSED` {status}, `NOT_AUDIO` {looksLike}, `WRONG_FORMAT` {expected, found} and
 * `RANGE_MISMATCH` {expected, got}.
 */
export function checkResponse(asked: Asked, status: number, headers: Headers): ResponseVerdict {
  if (status === 416) return checkUnsatisfied(asked, headers);
  if (status !== 200 && status !== 206) throw new CratefulError('CDN_REFUSED', { status });
  const mimeType = mimeOf(headers);
  checkMime(mimeType, asked.extension);
  const etag = headers.etag ?? null;
  const length = lengthOf(headers);
  const otherEntity = asked.etag !== null && etag !== null && etag !== asked.etag;
  if (status === 200) {
    const saysWhole = asked.totalBytes === 0 && asked.offset > 0 && length === asked.offset;
    if (saysWhole && !otherEntity) return { kind: 'already-whole' };
    return { kind: 'body', plan: { offset: 0, totalBytes: length ?? 0, mimeType, etag } };
  }
  const range = contentRange(headers);
  if (!range || range.start !== asked.offset) {
    throw new CratefulError('RANGE_MISMATCH', {
      expected: asked.offset,
      got: range ? range.start : 'none',
    });
  }
  const otherTotal = asked.totalBytes > 0 && range.total > 0 && range.total !== asked.totalBytes;
  if (asked.offset > 0 && (otherEntity || otherTotal)) return { kind: 'discard-part' };
  const totalBytes = range.total || asked.totalBytes;
  return { kind: 'body', plan: { offset: range.start, totalBytes, mimeType, etag } };
}

function checkUnsatisfied(asked: Asked, headers: Headers): ResponseVerdict {
  const total = Number(/^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN);
  // Without any total, that nothing stands behind the part is all that was asked.
  const whole =
    asked.totalBytes > 0
      ? total === asked.totalBytes && asked.offset === total
      : asked.offset > 0 && (Number.isNaN(total) || total === asked.offset);
  return whole ? { kind: 'already-whole' } : { kind: 'discard-part' };
}

const mimeOf = (headers: Headers): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function lengthOf(headers: Headers): number | null {
  const text = headers['content-length'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function contentRange(headers: Headers): { start: number; total: number } | null {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (!match) return null;
  return { start: Number(match[1]), total: match[2] === '*' ? 0 : Number(match[2]) };
}

const MIME_EXTENSIONS: Readonly<Record<string, FormatInfo['extension']>> = {
  'audio/flac': 'flac',
  'audio/x-flac': 'flac',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/x-dsf': 'dsf',
  'audio/dsf': 'dsf',
};

/**
 * Holds a MIME type against the planned extension (architecture §3): text is not audio, another kind of
 * audio is the wrong format; an unspecific type is left to the proof.
 *
 * Throws `NOT_AUDIO` {looksLike} and `WRONG_FORMAT` {expected, found}.
 */
export function checkMime(mimeType: string, extension: FormatInfo['extension']): void {
  if (mimeType === '' || mimeType === 'application/octet-stream') return;
  const found = MIME_EXTENSIONS[mimeType];
  if (found === undefined && !mimeType.startsWith('audio/')) {
    throw new CratefulError('NOT_AUDIO', { looksLike: mimeType });
  }
  if (found !== extension) {
    throw new CratefulError('WRONG_FORMAT', { expected: extension, found: found ?? mimeType });
  }
}
