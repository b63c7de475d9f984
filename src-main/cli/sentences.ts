import { createInstance, type TFunction } from 'i18next';
import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import { faultDetail, restrictionKey } from '../../src-preload/contract/fault-detail.ts';
import { createFormats, type Formats } from '../../src-preload/contract/format.ts';
import type { Language } from '../../src-preload/contract/language.ts';
import { wordsOf } from '../words.ts';

/** The sentences and figures of one language, as the command line writes them. */
export interface Sentences {
  readonly t: TFunction;
  readonly formats: Formats;
  /** What happened, with what is known about it. */
  sentence(error: ErrorView): string;
  /** What is said of something, with its name before it. */
  of(subject: string, message: string): string;
  /** What to do about it, on a command line. */
  remedy(code: ErrorCode): string;
}

/** The sentences of `assets/locales` in one language. */
export function createSentences(language: Language): Sentences {
  const words = wordsOf(language);
  const instance = createInstance();
  void instance.init({
    resources: { [language]: { translation: words } },
    lng: language,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const { t } = instance;
  const formats = createFormats(language);
  const remedies: Readonly<Record<string, string>> = words.cli.remedies;

  /** The service's own reason; a note of our own stays out of the sentence. */
  const restriction = (code: unknown): string | null => {
    const key = typeof code === 'string' ? restrictionKey(code, words.restrictions) : null;
    return key === null ? null : t(`restrictions.${key}`, { restriction: code });
  };

  return {
    t,
    formats,
    sentence: ({ code, params }) =>
      [
        t(`errors.${code}.sentence`),
        faultDetail(words.errors[code], params, formats),
        restriction(params.restriction),
      ]
        .filter((part) => part !== null)
        .join(' '),
    of: (subject, message) => t('cli.of', { subject, message }),
    remedy: (code) => remedies[code] ?? t(`errors.${code}.remedy`),
  };
}
