import { createInstance, type TFunction } from 'i18next';
import en from '../../assets/locales/en.json';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { faultDetail } from '../../src-preload/contract/fault-detail.ts';
import { createFormats, type Formats } from '../../src-preload/contract/format.ts';

/** The sentences and figures of one language, as the command line writes them. */
export interface Sentences {
  readonly t: TFunction;
  readonly formats: Formats;
  /** What happened and what to do. */
  fault(error: ErrorView): { readonly sentence: string; readonly remedy: string };
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
  return {
    t,
    formats,
    fault(error) {
      const detail = faultDetail(en.errors[error.code], error.params, formats);
      const { restriction } = error.params;
      const parts = [t(`errors.${error.code}.sentence`), detail, restriction && `(${restriction})`];
      return {
        sentence: parts.filter(Boolean).join(' '),
        remedy: t(`errors.${error.code}.remedy`),
      };
    },
  };
}
