import type { Album } from '../../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../../src-preload/contract/formats.ts';
import type { FileFacts } from '../../audio/file-facts.ts';
import { formatOfFile, resolveFormat } from '../preference.ts';

type Sound = Pick<FileFacts, 'container' | 'samplingRateKHz' | 'bitDepth' | 'bytes' | 'readable'>;

const LOSSY: ReadonlySet<string> = new Set(['mp3', 'ogg', 'mp4']);

/** Orders files by their sound, the best first: readable, lossless, sampling rate, bit depth, size. */
export const byQuality = (a: Sound, b: Sound): number =>
  Number(b.readable) - Number(a.readable) ||
  Number(LOSSY.has(a.container)) - Number(LOSSY.has(b.container)) ||
  (b.samplingRateKHz ?? 0) - (a.samplingRateKHz ?? 0) ||
  (b.bitDepth ?? 0) - (a.bitDepth ?? 0) ||
  b.bytes - a.bytes;

/**
 * The best format that was bought, where a file is less than that; null where it is as good. A format counts as what this
 * album has of it: "up to 24/192" is no better than a file of 24/96 when the album has no more.
 *
 * @param entitled null when the service gave no list of formats.
 */
export function betterFormat(
  file: Pick<FileFacts, 'samplingRateKHz' | 'bitDepth'>,
  entitled: readonly FormatId[] | null,
  album: Pick<Album, 'maximumBitDepth' | 'maximumSamplingRateKHz'>,
): FormatId | null {
  const best = entitled === null ? null : resolveFormat('best', entitled);
  if (best === null) return null;
  const most = { bitDepth: album.maximumBitDepth, samplingRateKHz: album.maximumSamplingRateKHz };
  const is = formatOfFile(best.formatId, file, most);
  return is === null || is >= best.formatId ? null : best.formatId;
}
