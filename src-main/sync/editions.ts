import type { Album } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { LibraryFile, Refusal, TrackDecision } from '../../src-preload/contract/library.ts';
import type { Quality } from '../../src-preload/contract/set-aside.ts';
import { compareQuality, promisedQuality, qualityOf } from '../downloads/quality.ts';
import type { Entitlement } from './ownership.ts';
import { type FormatWish, type Resolution, resolveFormat } from './preference.ts';
import { stillHolds } from './refusal-term.ts';

type Row = Pick<LibraryFile, 'receipt'>;

/**
 * The formats of a resolution that promise a better sound than the file that is there, in order. What the service
 * refused when the file was fetched is not asked for again.
 */
export function betterFormats(
  resolution: Resolution,
  album: Album,
  { receipt }: Row,
): readonly FormatId[] {
  const refused = new Set(receipt.refusedFormats.map(({ formatId }) => formatId));
  const there = qualityOf(receipt);
  const ceiling = promisedQuality(resolution.formatId, album);
  return [resolution.formatId, ...resolution.fallbackFormatIds].filter((formatId) => {
    const promised = promisedQuality(formatId, album);
    if (!promised || !ceiling || refused.has(formatId)) return false;
    // A ladder goes on above what is preferred: nobody asked for that.
    if ((compareQuality(promised, ceiling) ?? 0) > 0) return false;
    return (compareQuality(promised, there) ?? 0) > 0;
  });
}

/** A better edition of one track than the one on disk. */
export interface TrackOffer {
  readonly formatId: FormatId;
  readonly from: Quality;
  readonly to: Quality;
  /** Says what is offered: a dismissed offer stays away until this is another. */
  readonly key: string;
  readonly accepted: boolean;
}

/** What one track's offer depends on. */
export interface OfferInput {
  readonly wish: FormatWish;
  readonly entitlement: Entitlement;
  readonly album: Album;
  readonly row: Row;
  /** All track rows of the album, this one included. */
  readonly rows: readonly Row[];
  readonly refusal: Refusal | null;
  readonly decision: TrackDecision | null;
  readonly replacedBySync: boolean;
  readonly nowMs: number;
}

/**
 * What may be offered of one track beyond what a sync replaces by itself. Offers reach as far as the format the
 * folder's preference, or the album's own choice, resolves to (docs/decisions/better-editions-are-offered.md).
 */
export function offerOf(input: OfferInput): TrackOffer | null {
  const { wish, entitlement, album, row, refusal, decision } = input;
  const accepted = decision?.decision === 'upgrade';
  if (!entitlement.downloadable || (input.replacedBySync && !accepted)) return null;
  if (refusal && stillHolds(refusal, entitlement, input.nowMs)) return null;
  const resolution = resolveFormat(wish, entitlement.known ? entitlement.formatIds : null);
  const [formatId] = resolution ? betterFormats(resolution, album, row) : [];
  const to = formatId === undefined ? null : promisedQuality(formatId, album);
  if (formatId === undefined || !to) return null;
  if (formatId === row.receipt.servedFormatId && !hasGrown(input, to)) return null;
  const key = `${formatId}:${to.bitDepth}/${to.samplingRateKHz}`;
  const answered = decision?.decision === 'dismissed' || decision?.decision === 'keep-this';
  if (answered && decision.offer === key) return null;
  return { formatId, from: qualityOf(row.receipt), to, key, accepted };
}

/**
 * Whether a format of the album became better since its files were fetched. Of albums whose tracks differ by nature
 * some reach what the catalogue names as the album's most: then the others are as good as they come.
 */
function hasGrown({ rows, row }: OfferInput, to: Quality): boolean {
  const { servedFormatId } = row.receipt;
  return rows
    .filter(({ receipt }) => receipt.servedFormatId === servedFormatId)
    .every(({ receipt }) => (compareQuality(to, qualityOf(receipt)) ?? 0) > 0);
}
