import type { CratefulEvent } from '../../src-preload/contract/events.ts';
import { formatName } from '../../src-preload/contract/formats.ts';
import type { Clock } from '../ports.ts';
import type { ReportLine } from './report.ts';
import type { Sentences } from './sentences.ts';

/** What an event is worth telling during a sync; null for most, which the tracks' own lines tell. */
export function noticeOf(
  { code, context }: CratefulEvent,
  { t, formats }: Sentences,
  at: { readonly clock: Pick<Clock, 'now'>; readonly nameOf: (trackId: unknown) => string },
): ReportLine | null {
  const count = (value: unknown) => formats.count(Number(value));
  const warn = (message: string): ReportLine => ({
    type: 'notice',
    level: 'warning',
    code,
    message,
  });
  switch (code) {
    case 'LISTING_ODD_ROW': {
      const { rows, list } = context;
      if (list === 'album') return warn(t('cli.oddTrack'));
      // Each row of the purchases is recorded, and once for all of them how many there were.
      if (typeof rows !== 'number') return null;
      return warn(t('cli.oddRows', { count: rows, amount: formats.count(rows) }));
    }
    case 'LISTING_SHRANK':
      return warn(
        t('cli.listingShrank', { rows: count(context.rows), before: count(context.before) }),
      );
    case 'COOL_DOWN': {
      if (typeof context.untilMs !== 'number') return null;
      const span = formats.span((context.untilMs - at.clock.now()) / 1000);
      return warn(t('cli.coolDown', { span }));
    }
    case 'FORMAT_REFUSED': {
      const format = formatName(Number(context.formatId));
      return warn(t('cli.refusedFormat', { track: at.nameOf(context.trackId), format }));
    }
    default:
      return null;
  }
}
