import { type FormatId, formatInfo, type Preference } from '../../src-preload/contract/formats.ts';

/** PCM and lossy formats from least to best; DSD stands outside this order (architecture §3). */
const ORDER: readonly FormatId[] = [5, 6, 7, 27];
const DSD: readonly FormatId[] = [56, 55];
const TARGET: Readonly<Record<Preference, FormatId>> = { best: 27, hires96: 7, cd: 6, mp3: 5 };

/** What is wanted: what the person would like in general, or the one format chosen for an album. */
export type FormatWish = Preference | FormatId;

/** The formats to ask for, first the one planned. */
export interface Resolution {
  readonly formatId: FormatId;
  /** What to take, in order, when the service refuses the ones before. */
  readonly fallbackFormatIds: readonly FormatId[];
  /** Set when the planned format is not what the preference names; `best` is always what it names. */
  readonly substitution: { readonly wanted: FormatId } | null;
}

/**
 * Resolves a wish against an entitlement: exact, else next lower, else next higher; DSD only when it is
 * chosen or nothing else is entitled (architecture §3). Null when nothing entitled is known to Crateful.
 *
 * `entitled` null means that the service gave no list: then the ladder of qobuz-api §5.4 is tried.
 */
export function resolveFormat(
  wish: FormatWish,
  entitled: readonly FormatId[] | null,
): Resolution | null {
  const target = typeof wish === 'number' ? wish : TARGET[wish];
  const have = new Set(entitled ?? ORDER);
  const place = ORDER.indexOf(target);
  const ladder =
    place === -1
      ? [target, ...DSD.filter((id) => id !== target), ...ORDER.toReversed()]
      : [...ORDER.slice(0, place + 1).reverse(), ...ORDER.slice(place + 1), ...DSD];
  const wanted = ladder.filter((id) => have.has(id));
  const [formatId, ...fallbackFormatIds] = wanted;
  if (formatId === undefined) return null;
  const asNamed = formatId === target || wish === 'best' || entitled === null;
  return { formatId, fallbackFormatIds, substitution: asNamed ? null : { wanted: target } };
}

/** Bits and kHz up to which each PCM format goes (architecture §3). */
const LIMITS: Partial<Record<FormatId, readonly [bits: number, kHz: number]>> = {
  6: [16, 48],
  7: [24, 96],
  27: [24, 192],
};

/** What is known of a file's sound. */
export interface Sound {
  readonly bitDepth: number | null;
  readonly samplingRateKHz: number | null;
}

/**
 * The format a file counts as that came without a receipt: the `planned` one when the file is as good as that
 * format can be of this album, else the lowest that holds it. MP3 has no bit depth, DSD has one bit.
 */
export function formatOfFile(planned: FormatId | null, file: Sound, best: Sound): FormatId | null {
  const { bitDepth, samplingRateKHz } = file;
  if (samplingRateKHz === null) return null;
  if (bitDepth === null) return 5;
  if (bitDepth === 1) return samplingRateKHz > 3000 ? 56 : 55;
  const holds = (id: FormatId) => {
    const [bits, kHz] = LIMITS[id] ?? [0, 0];
    return bitDepth <= bits && samplingRateKHz <= kHz;
  };
  const [bits, kHz] = (planned !== null && LIMITS[planned]) || [0, 0];
  const asGood =
    bitDepth >= Math.min(bits, best.bitDepth ?? bitDepth) &&
    samplingRateKHz >= Math.min(kHz, best.samplingRateKHz ?? samplingRateKHz);
  if (planned !== null && holds(planned) && asGood) return planned;
  return ORDER.find(holds) ?? null;
}

/** The file extension of a format Crateful knows. */
export const extensionOf = (formatId: FormatId): string => formatInfo(formatId)?.extension ?? 'bin';
