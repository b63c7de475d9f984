import type { FormatId } from '../../src-preload/contract/formats.ts';

/** What `track/getFileUrl` says of a file in one format (qobuz-api §5.3). */
export interface StoreFormat {
  readonly mimeType: string;
  readonly samplingRateKHz: number;
  readonly bitDepth: number;
}

/** The formats the demo store has audio in (qobuz-api §3.6); other ids are unknown to it. */
export const STORE_FORMATS: Readonly<Record<FormatId, StoreFormat>> = {
  5: { mimeType: 'audio/mpeg', samplingRateKHz: 44.1, bitDepth: 16 },
  6: { mimeType: 'audio/flac', samplingRateKHz: 44.1, bitDepth: 16 },
  7: { mimeType: 'audio/flac', samplingRateKHz: 96, bitDepth: 24 },
  27: { mimeType: 'audio/flac', samplingRateKHz: 192, bitDepth: 24 },
  55: { mimeType: 'audio/x-dsf', samplingRateKHz: 2822.4, bitDepth: 1 },
  56: { mimeType: 'audio/x-dsf', samplingRateKHz: 5644.8, bitDepth: 1 },
};
