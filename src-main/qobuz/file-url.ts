import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import { CratefulError } from '../errors.ts';
import { refusedStatus } from './answers.ts';
import type { Api } from './api.ts';
import type { Priority } from './pacing.ts';
import { fileUrlSchema, type RawFileUrl } from './schemas.ts';

/** Where one file can be fetched for about an hour. A secret of one attempt: never stored, never logged. */
export interface FileAddress {
  readonly url: string;
  readonly formatId: FormatId;
  readonly mimeType: string;
  readonly samplingRateKHz: number | null;
  readonly bitDepth: number | null;
  readonly durationSeconds: number | null;
}

/** One track in one format. */
export interface FileUrlRequest {
  readonly trackId: TrackId;
  readonly formatId: FormatId;
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
}

/** What the service's restriction codes mean to us (qobuz-api §5.5), the most telling first. */
const RESTRICTIONS = {
  TRACK_WITHHELD: ['SampleRestrictedByRightHolders', 'TrackRestrictedByRightHolders'],
  TRACK_UNAVAILABLE: [
    'TrackRestrictedByTerritorialAvailability',
    'TrackRestrictedByRights',
    'GeoRestricted',
    'NotAvailableForStreaming',
    'AlbumUnavailable',
  ],
  NOT_ENTITLED: [
    'FormatRestrictedByFormatAvailability',
    'TrackRestrictedByPurchaseCredentials',
    'FormatRestrictedBySubscription',
    'UserUncredentialed',
    'UserUnauthenticated',
  ],
} as const;

/** The fault that restriction codes stand for; one nobody knows is `TRACK_UNAVAILABLE` under its own name. */
export function restrictionFault(codes: readonly string[]): CratefulError | null {
  for (const fault of ['TRACK_WITHHELD', 'TRACK_UNAVAILABLE', 'NOT_ENTITLED'] as const) {
    const restriction = codes.find((code) => RESTRICTIONS[fault].some((known) => known === code));
    if (restriction !== undefined) return new CratefulError(fault, { restriction });
  }
  const [unknown] = codes;
  if (unknown === undefined) return null;
  return new CratefulError('TRACK_UNAVAILABLE', { restriction: unknown.slice(0, 80) });
}

/** A 30-second preview in any of its disguises (qobuz-api §5.3). */
const isPreview = (raw: RawFileUrl): boolean => {
  if (raw.sample === true || raw.sample === 1 || raw.sample === 'true') return true;
  return raw.url !== null && URL.canParse(raw.url) && new URL(raw.url).searchParams.has('range');
};

/**
 * Judges an answer of `track/getFileUrl`; 200 alone is no success (qobuz-api §5.3). Another format than the one
 * asked for is never taken: with a restriction it is a refusal, without one `WRONG_FORMAT`.
 */
export function readFileUrl(body: unknown, wanted: FormatId): FileAddress {
  const parsed = fileUrlSchema.safeParse(body);
  if (!parsed.success) throw new CratefulError('SERVICE_UNREADABLE', { reason: 'file-address' });
  const raw = parsed.data;
  const codes = raw.restrictions.map((restriction) => restriction.code);
  const restricted = restrictionFault(codes);
  if (isPreview(raw)) {
    if (restricted?.code === 'TRACK_WITHHELD') throw restricted;
    throw new CratefulError('PREVIEW_ONLY', { restriction: codes[0] ?? 'none' });
  }
  if (raw.url === null) {
    throw restricted ?? new CratefulError('NOT_ENTITLED', { restriction: 'none' });
  }
  const served = raw.format_id ?? wanted;
  if (served !== wanted) {
    throw restricted ?? new CratefulError('WRONG_FORMAT', { wanted, served });
  }
  return {
    url: raw.url,
    formatId: served,
    mimeType: raw.mime_type ?? '',
    samplingRateKHz: raw.sampling_rate,
    bitDepth: raw.bit_depth,
    durationSeconds: raw.duration,
  };
}

/**
 * Asks for the address of one file, with `intent=download` and nothing else: any other intent would turn a
 * keeper of purchases into a copier of streams (qobuz-api §5.4). Throws what {@link readFileUrl} throws,
 * `NOT_ENTITLED` also for a 400 about anything but the signature, `TRACK_UNAVAILABLE` for 404, and what
 * {@link Api.signed} throws.
 */
export async function fetchFileUrl(api: Api, request: FileUrlRequest): Promise<FileAddress> {
  const { trackId, formatId, priority, signal } = request;
  try {
    const query = {
      track_id: String(trackId),
      format_id: String(formatId),
      intent: 'download',
    };
    const body = await api.signed({ method: 'track/getFileUrl', query, priority, signal });
    return readFileUrl(body, formatId);
  } catch (error) {
    throw readRefusal(error);
  }
}

function readRefusal(error: unknown): unknown {
  const status = refusedStatus(error);
  if (status === 404) return new CratefulError('TRACK_UNAVAILABLE', { restriction: 'NotFound' });
  if (status !== 400 || !(error instanceof CratefulError)) return error;
  // "Invalid argument" is a mistake of ours, except about a format the shop lists and this call does not know.
  const message = String(error.params.message ?? '');
  const ours = /^invalid argument/i.test(message) && !/format_id/i.test(message);
  return ours ? error : new CratefulError('NOT_ENTITLED', { restriction: 'HTTP 400' });
}
