import type { Album } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';

/** FLAC keeps about this share of the PCM it is made from. */
const FLAC_SHARE = 0.6;

/** Bytes of one second of sound in a format; the album's catalogue maximum narrows the hi-res ones down. */
function bytesPerSecond(formatId: FormatId, album: Album): number {
  const pcm = (kHz: number, bits: number) => ((kHz * 1000 * bits * 2) / 8) * FLAC_SHARE;
  const kHz = album.maximumSamplingRateKHz ?? 96;
  const bits = Math.max(24, album.maximumBitDepth ?? 24);
  switch (formatId) {
    case 5:
      return 40_000;
    case 7:
      return pcm(Math.min(96, Math.max(44.1, kHz)), bits);
    case 27:
      return pcm(Math.min(192, Math.max(44.1, kHz)), bits);
    case 55:
      return 705_600;
    case 56:
      return 1_411_200;
    default:
      return pcm(44.1, 16);
  }
}

/** An estimate of a track's size, in bytes; always shown with "≈" (architecture §2). */
export const estimateBytes = (formatId: FormatId, album: Album, durationSeconds: number): number =>
  Math.round(bytesPerSecond(formatId, album) * durationSeconds);
