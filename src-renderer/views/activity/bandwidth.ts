import { SETTING_BOUNDS } from '../../../src-preload/contract/setting-values.ts';

const KB_PER_MB = 1000;
/** The least limit that is offered, in MB/s: less would end most requests before they are done. */
export const LEAST_MB = 0.1;
/** The greatest limit there is, in MB/s. */
export const MOST_MB = SETTING_BOUNDS.bandwidthLimitKBPerSecond.most / KB_PER_MB;

/** A typed limit in kilobytes a second; null when it is none that can be kept. */
export function limitOf(megabytes: string | number): number | null {
  const value = typeof megabytes === 'number' ? megabytes : Number.parseFloat(megabytes);
  if (!Number.isFinite(value) || value < LEAST_MB || value > MOST_MB) return null;
  return Math.round(value * KB_PER_MB);
}

/** A stored limit as a person types it. */
export const megabytesOf = (kilobytes: number): number => kilobytes / KB_PER_MB;

/** A typed number of simultaneous downloads; null when it is none that can be kept. */
export function atOnceOf(typed: string | number): number | null {
  const value = typeof typed === 'number' ? typed : Number(typed.trim() || Number.NaN);
  const { least, most } = SETTING_BOUNDS.concurrency;
  return Number.isInteger(value) && value >= least && value <= most ? value : null;
}
