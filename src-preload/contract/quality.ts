import { formatInfo, formatName } from './formats.ts';
import type { Quality } from './set-aside.ts';

/** A sound in a few words: `MP3 320`, `FLAC 24/96`, `DSD64`; null for one of which nothing is known. */
export function qualityName({ formatId, bitDepth, samplingRateKHz }: Quality): string | null {
  if (formatId === null) return null;
  const measured = bitDepth !== null && bitDepth > 1 && samplingRateKHz !== null;
  return formatInfo(formatId)?.extension === 'flac' && measured
    ? `FLAC ${bitDepth}/${samplingRateKHz}`
    : formatName(formatId);
}
