import { createInstance, type TFunction } from 'i18next';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { faultDetail } from '../../src-preload/contract/fault-detail.ts';
import { createFormats, type Formats } from '../../src-preload/contract/format.ts';
import { resolveLanguage } from '../../src-preload/contract/language.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import { wordsOf } from '../words.ts';

/** What tray, menus and notifications say, in one language. */
export interface ShellWords {
  readonly t: TFunction;
  readonly formats: Formats;
  /** What happened and what to do about it. */
  fault(error: ErrorView): string;
  /** A time of today as `14:05`, an earlier one with its date. */
  when(thenMs: number, nowMs: number): string;
}

/** The words of the language that was chosen, or of the system's. */
export function createWords(
  setting: Settings['language'],
  systemLocales: readonly string[],
): ShellWords {
  const language = resolveLanguage(setting, systemLocales);
  // Times and numbers as in the person's own country, where that speaks the language.
  const locale = systemLocales.find((tag) => isLocaleOf(tag, language)) ?? language;
  const words = wordsOf(language);
  const instance = createInstance();
  void instance.init({
    resources: { [language]: { translation: words } },
    lng: language,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const { t } = instance;
  const formats = createFormats(locale);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    t,
    formats,
    fault: ({ code, params }) =>
      [
        t(`errors.${code}.sentence`),
        faultDetail(words.errors[code], params, formats),
        t(`errors.${code}.remedy`),
      ]
        .filter((part) => part !== null)
        .join(' '),
    when(thenMs, nowMs) {
      const isToday = new Date(thenMs).toDateString() === new Date(nowMs).toDateString();
      return (isToday ? time : dateAndTime).format(thenMs);
    },
  };
}

/** Whether a tag is one that `Intl` takes, of this language. */
const isLocaleOf = (tag: string, language: string): boolean =>
  tag.split('-')[0]?.toLowerCase() === language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag);
