import { CratefulError } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { HttpClient } from '../net/http.ts';
import { type Bandwidth, paced } from './bandwidth.ts';
import { openPart } from './part-writer.ts';

/** No cover or booklet is larger; more is refused so that a hostile answer cannot fill the disk. */
const MOST_BYTES = 64 * 1024 * 1024;

/** First bytes of what each kind may be: JPEG and PDF. */
const MAGIC: Readonly<Record<'cover' | 'booklet', readonly number[]>> = {
  cover: [0xff, 0xd8, 0xff],
  booklet: [0x25, 0x50, 0x44, 0x46],
};

/** What is fetched and where it goes. */
export interface SideFileRequest {
  readonly url: string;
  readonly kind: 'cover' | 'booklet';
  /** Absolute; overwritten. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  readonly onNetworkBytes?: (bytes: number) => void;
}

/**
 * Fetches a cover or booklet whole and checks that it is one (qobuz-api §4.8, §4.9). Gives its length.
 *
 * Throws `SIDE_FILE_UNAVAILABLE` {kind, status} or {kind, reason}, `CDN_REFUSED` {status}, `STREAM_TRUNCATED`, `STREAM_STALLED`,
 * `STREAM_INTERRUPTED`, `OFFLINE`, `DISK_FULL` and the like.
 */
export async function fetchSideFile(
  deps: { readonly fs: FileSystem; readonly http: HttpClient; readonly bandwidth: Bandwidth },
  request: SideFileRequest,
): Promise<number> {
  const answer = await deps.http.open({
    url: request.url,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  try {
    if (answer.status >= 500) throw new CratefulError('CDN_REFUSED', { status: answer.status });
    if (answer.status !== 200) {
      throw new CratefulError('SIDE_FILE_UNAVAILABLE', {
        kind: request.kind,
        status: answer.status,
      });
    }
    const length = Number(answer.headers['content-length'] ?? 0);
    if (length > MOST_BYTES) throw tooLarge(request.kind);
    const writer = await openPart(deps.fs, request.path, 0, async () => undefined);
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        if (writer.position === 0) checkMagic(chunk, request.kind);
        await paced(deps.bandwidth, chunk, request.signal, async (piece) => {
          await writer.write(piece);
          request.onNetworkBytes?.(piece.length);
        });
        if (writer.position > MOST_BYTES) throw tooLarge(request.kind);
      }
      if (writer.position === 0 || (length > 0 && writer.position !== length)) {
        throw new CratefulError('STREAM_TRUNCATED', {
          expectedBytes: length,
          bytes: writer.position,
        });
      }
      await writer.finish();
      return writer.position;
    } finally {
      await writer.close();
    }
  } catch (error) {
    // It is always fetched anew, so that what came of it is of no use to anybody.
    await deps.fs.rm(request.path, { force: true });
    throw error;
  } finally {
    answer.body.destroy();
  }
}

const tooLarge = (kind: string) =>
  new CratefulError('SIDE_FILE_UNAVAILABLE', { kind, reason: 'too large' });

function checkMagic(chunk: Buffer, kind: 'cover' | 'booklet'): void {
  const fits = MAGIC[kind].every((byte, index) => chunk[index] === byte);
  if (!fits)
    throw new CratefulError('SIDE_FILE_UNAVAILABLE', { kind, reason: 'not what it claims' });
}
