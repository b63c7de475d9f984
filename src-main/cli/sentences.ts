import { createInstance, type TFunction } from 'i18next';
import en from '../../assets/locales/en.json';
import type { ErrorCode, ErrorView } from '../../src-preload/contract/error-codes.ts';
import { faultDetail, restrictionKey } from '../../src-preload/contract/fault-detail.ts';
import { createFormats, type Formats } from '../../src-preload/contract/format.ts';

/** The sentences and figures of one language, as the command line writes them. */
export interface Sentences {
  readonly t: TFunction;
  readonly formats: Formats;
  /** What happened, with what is known about it. */
  sentence(error: ErrorView): string;
  /** What to do about it, on a command line. */
  remedy(code: ErrorCode): string;
}

/** The sentences of `assets/locales`; English until there are others. */
export function createSentences(): Sentences {
  const language = createInstance();
  void language.init({
    resources: { en: { translation: en } },
    lng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const { t } = language;
  const formats = createFormats('en');
  const remedies: Readonly<Record<string, string>> = en.cli.remedies;

  /** The service's own reason; a note of our own stays out of the sentence. */
  const restriction = (code: unknown): string | null => {
    const key = typeof code === 'string' ? restrictionKey(code, en.restrictions) : null;
    return key === null ? null : t(`restrictions.${key}`, { restriction: code });
  };

  return {
    t,
    formats,
    sentence: ({ code, params }) =>
      [
        t(`errors.${code}.sentence`),
        faultDetail(en.errors[code], params, formats),
        restriction(params.restriction),
      ]
        .filter((part) => part !== null)
        .join(' '),
    remedy: (code) => remedies[code] ?? t(`errors.${code}.remedy`),
  };
}
