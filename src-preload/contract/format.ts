import type { ErrorParams } from './error-codes.ts';
import { type FormatId, formatInfo, formatName } from './formats.ts';

/** Numbers, sizes, durations and dates as a person in one locale reads them. */
export interface Formats {
  /** `12,345` */
  count(value: number): string;
  /** `42%` of a share between 0 and 1; never `100%` before it is whole. */
  percent(share: number): string;
  /** Decimal units as disks are sold in, kilobytes the smallest, rounded up: `3.4 GB`, `0 kB`. */
  bytes(value: number): string;
  /** `≈ 3.4 GB` when the size is not certain. */
  size(value: number, isEstimate: boolean): string;
  /** `12.3 MB/s` */
  speed(bytesPerSecond: number): string;
  /** A track's length: `3:07`, `1:02:33`. */
  clock(seconds: number): string;
  /** A span of waiting: `40 sec`, `5 min`, `1 hr, 20 min`. */
  span(seconds: number): string;
  /** A date of unix seconds: `3 May 2024`. */
  date(unixSeconds: number): string;
  /** A date and a time of unix milliseconds: `3 May 2024, 14:07`. */
  moment(unixMs: number): string;
  /** Time since, in words: `2 minutes ago`. */
  ago(thenMs: number, nowMs: number): string;
  /** What a field of numbers needs: the decimal mark, and what stands after a number, with its space. */
  readonly field: {
    readonly decimalMark: string;
    /** ` MB/s` */
    readonly megabytesPerSecond: string;
    /** ` %`, or `%` */
    readonly percent: string;
  };
  /** Values for a fault's sentence; names that end in `Bytes`, `Seconds`, `Ms` (a moment) or `formatId` get their unit. */
  params(params: ErrorParams): Record<string, string>;
}

const BYTE_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Formats for a BCP 47 locale. */
export function createFormats(locale: string): Formats {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units = new Map<string, Intl.NumberFormat>();

  const unit = (value: number, name: string, digits: number): string => {
    const key = `${name}/${digits}`;
    const format =
      units.get(key) ??
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: name,
        unitDisplay: 'short',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    units.set(key, format);
    // A number never parts from its unit at the end of a line, and stands a whole space from it: the narrow one that
    // French is given by default can hardly be seen in small letters.
    return format.format(value).replaceAll(/[ \u202f]/g, '\u00a0');
  };

  const scaled = (value: number, suffix: string): string => {
    let size = Math.max(0, value) / 1000;
    if (size < 1) size = Math.ceil(size);
    let step = 0;
    while (size >= 999.5 && step < BYTE_UNITS.length - 1) {
      size /= 1000;
      step += 1;
    }
    return unit(size, `${BYTE_UNITS[step]}${suffix}`, size < 99.95 && step > 0 ? 1 : 0);
  };

  const formats: Formats = {
    count: (value) => whole.format(value),
    percent: (value) => share.format(value >= 1 ? 1 : Math.min(0.99, Math.max(0, value))),
    bytes: (value) => scaled(value, ''),
    size: (value, isEstimate) => `${isEstimate ? '≈\u00a0' : ''}${scaled(value, '')}`,
    speed: (value) => scaled(value, '-per-second'),
    clock: (seconds) => {
      const total = Math.max(0, Math.round(seconds));
      const two = (value: number): string => String(value).padStart(2, '0');
      const minutes = Math.floor(total / 60) % 60;
      const hours = Math.floor(total / 3600);
      const tail = `${two(total % 60)}`;
      return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
    },
    span: (seconds) => {
      if (seconds < 55) return unit(Math.max(1, Math.ceil(seconds)), 'second', 0);
      const minutes = Math.max(1, Math.round(seconds / 60));
      if (minutes < 60) return unit(minutes, 'minute', 0);
      const rest = minutes % 60;
      const hours = unit(Math.floor(minutes / 60), 'hour', 0);
      return rest === 0 ? hours : `${hours} ${unit(rest, 'minute', 0)}`;
    },
    date: (unixSeconds) => day.format(new Date(unixSeconds * 1000)),
    moment: (unixMs) => moment.format(new Date(unixMs)),
    ago: (thenMs, nowMs) => {
      const minutes = Math.round((thenMs - nowMs) / 60_000);
      if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
      if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
      return relative.format(Math.round(minutes / 1440), 'day');
    },
    field: {
      decimalMark: tenths.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.',
      megabytesPerSecond: unit(1, 'megabyte-per-second', 0).replace('1', ''),
      percent: share.format(0.01).replace('1', ''),
    },
    params: (params) =>
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, paramText(formats, name, value)]),
      ),
  };
  return formats;
}

function paramText(formats: Formats, name: string, value: string | number): string {
  if (typeof value === 'string') return value;
  if (/bytes$/i.test(name)) return formats.bytes(value);
  if (/seconds$/i.test(name)) return formats.span(value);
  if (/Ms$/.test(name)) return formats.moment(value);
  if (/formatId$/i.test(name)) return formatName(value);
  return formats.count(value);
}

/** A badge for a set of formats: the best of each family, best first. */
export interface FormatBadge {
  readonly label: string;
  readonly kind: 'hi-res' | 'lossless' | 'lossy' | 'other';
}

const LADDER: readonly FormatId[] = [56, 55, 27, 7, 6, 5];

/**
 * Badges of what the shop will deliver, best first: formats that a better one of the same family covers
 * are left out (24/192 says 24/96 too). Unknown ids keep a neutral badge.
 */
export function formatBadges(formatIds: readonly FormatId[]): readonly FormatBadge[] {
  const known = LADDER.filter((id) => formatIds.includes(id));
  const flac = known.find((id) => formatInfo(id)?.extension === 'flac');
  const dsd = known.find((id) => formatInfo(id)?.extension === 'dsf');
  const mp3 = known.includes(5) ? 5 : undefined;
  const shown = [dsd, flac, flac === undefined && dsd === undefined ? mp3 : undefined];
  const badges = shown.filter((id) => id !== undefined).map(badgeOf);
  return badges.length > 0 ? badges : formatIds.slice(0, 1).map(badgeOf);
}

/** The badge of one format. */
export function badgeOf(id: FormatId): FormatBadge {
  const info = formatInfo(id);
  if (info === undefined) return { label: formatName(id), kind: 'other' };
  if (!info.lossless) return { label: info.name, kind: 'lossy' };
  const label = info.name.replace(/^FLAC /, '');
  return { label, kind: id === 6 ? 'lossless' : 'hi-res' };
}
