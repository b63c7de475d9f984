import type { DemoCatalogue } from './catalogue.ts';
import type { FileAddresses } from './file-addresses.ts';
import { json, REFUSALS, type StoreAnswer } from './http-messages.ts';
import { expectedSignature } from './signature.ts';
import { STORE_FORMATS } from './store-formats.ts';

/** What `track/getFileUrl` needs to know. */
export interface FileUrlContext {
  readonly catalogue: DemoCatalogue;
  readonly addresses: FileAddresses;
  readonly appId: string;
  readonly secret: string;
  readonly nowSeconds: number;
  /** How far `request_ts` may be from the store's own clock. */
  readonly skewSeconds: number;
}

const whole = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;

/**
 * Answers `track/getFileUrl` (qobuz-api §5): signature first, then the intent (only `download`; this account
 * has no right to stream), then whether the track exists, is withheld, is entitled in the format, and has
 * audio in it. A format outside the entitlement is refused in both ways seen on the service: 27 with a
 * restriction and no address, every other one with 400.
 */
export function answerFileUrl(query: URLSearchParams, context: FileUrlContext): StoreAnswer {
  const stamp = Number(query.get('request_ts'));
  const signed =
    query.get('request_sig') === expectedSignature('track/getFileUrl', query, context.secret) &&
    Math.abs(stamp - context.nowSeconds) <= context.skewSeconds;
  if (!signed) return REFUSALS.signature();
  if (query.get('intent') !== 'download') return REFUSALS.argument('intent', 'download');
  const trackId = whole(query.get('track_id'));
  if (trackId === null) return REFUSALS.argument('track_id', 'int');
  const formatId = whole(query.get('format_id'));
  if (formatId === null) return REFUSALS.argument('format_id', '5, 6, 7, 27');

  const found = context.catalogue.find(trackId);
  if (!found) return REFUSALS.notFound();
  const format = STORE_FORMATS[formatId];
  const refused = (code: string): StoreAnswer =>
    json({
      track_id: trackId,
      duration: found.track.durationSeconds,
      format_id: formatId,
      mime_type: format?.mimeType ?? 'audio/flac',
      restrictions: [{ code }],
    });
  if (found.track.withheldBy !== null) return refused(found.track.withheldBy);
  if (!context.catalogue.entitlement(trackId).has(formatId)) {
    return formatId === 27
      ? refused('TrackRestrictedByPurchaseCredentials')
      : REFUSALS.argument('format_id', 'those of the purchase');
  }
  if (!format || found.track.files[formatId] === undefined) {
    return refused('FormatRestrictedByFormatAvailability');
  }
  return json({
    track_id: trackId,
    duration: found.track.durationSeconds,
    url: context.addresses.sign({
      trackId,
      formatId,
      appId: context.appId,
      nowSeconds: context.nowSeconds,
    }),
    format_id: formatId,
    mime_type: format.mimeType,
    sampling_rate: format.samplingRateKHz,
    bit_depth: format.bitDepth,
  });
}
