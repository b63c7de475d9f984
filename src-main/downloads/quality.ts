import type { Album } from '../../src-preload/contract/catalogue.ts';
import { type FormatId, formatInfo } from '../../src-preload/contract/formats.ts';
import type { Receipt } from '../../src-preload/contract/library.ts';
import type { Quality } from '../../src-preload/contract/set-aside.ts';

/** What a format is where nobody knows more: the least it delivers (architecture §3). */
const LEAST: Readonly<Record<FormatId, readonly [bits: number | null, kHz: number]>> = {
  5: [null, 44.1],
  6: [16, 44.1],
  7: [24, 44.1],
  27: [24, 96],
  55: [1, 2822.4],
  56: [1, 5644.8],
};

/** The most a PCM format delivers. */
const MOST: Readonly<Record<FormatId, readonly [bits: number, kHz: number]>> = {
  6: [16, 44.1],
  7: [24, 96],
  27: [24, 192],
};

/** A lossy file counts as no more than this, whatever it was made from or to. */
const LOSSY_KHZ = 44.1;

/** The sound of a file by its receipt; what that leaves open is what its format delivers at least. */
export function qualityOf(
  receipt: Pick<Receipt, 'servedFormatId' | 'samplingRateKHz' | 'bitDepth'>,
): Quality {
  const { servedFormatId: formatId } = receipt;
  const [bits, kHz] = (formatId !== null && LEAST[formatId]) || [null, null];
  const samplingRateKHz = receipt.samplingRateKHz ?? kHz;
  return { formatId, bitDepth: receipt.bitDepth ?? bits, samplingRateKHz };
}

/** The sound a format of an album can be counted on to have; null for one Crateful does not know. */
export function promisedQuality(
  formatId: FormatId,
  album: Pick<Album, 'maximumBitDepth' | 'maximumSamplingRateKHz'>,
): Quality | null {
  const least = LEAST[formatId];
  if (!least) return null;
  const most = MOST[formatId];
  const { maximumBitDepth: bits, maximumSamplingRateKHz: kHz } = album;
  if (!most || bits === null || kHz === null) {
    return { formatId, bitDepth: least[0], samplingRateKHz: least[1] };
  }
  const capped = { bitDepth: Math.min(most[0], bits), samplingRateKHz: Math.min(most[1], kHz) };
  return { formatId, ...capped };
}

const isLossy = ({ formatId, bitDepth, samplingRateKHz }: Quality): boolean =>
  formatId === null
    ? bitDepth === null && samplingRateKHz !== null
    : formatInfo(formatId)?.lossless === false;

/**
 * Which of two sounds is better, above 0 for the first: by sampling rate, then bit depth, then lossless over lossy.
 * Null where too little is known to say.
 */
export function compareQuality(one: Quality, other: Quality): number | null {
  const scores = [one, other].map((quality) => {
    const lossy = isLossy(quality);
    const { samplingRateKHz: kHz, bitDepth } = quality;
    const bits = lossy ? 0 : bitDepth;
    return { kHz: kHz !== null && lossy ? Math.min(kHz, LOSSY_KHZ) : kHz, bits, lossy };
  });
  const [a, b] = scores;
  if (!a || !b || a.kHz === null || b.kHz === null || a.bits === null || b.bits === null) {
    return null;
  }
  return a.kHz - b.kHz || a.bits - b.bits || Number(b.lossy) - Number(a.lossy);
}
