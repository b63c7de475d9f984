import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../assets/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** Languages there are sentences for. */
const RESOURCES = { en: { translation: en } };

/** The sentences in the first of the system's languages we speak, else in English. */
export function createI18n(languages: readonly string[]): i18n {
  const known = languages
    .map((tag) => tag.split('-')[0] ?? '')
    .find((language) => language in RESOURCES);
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    resources: RESOURCES,
    lng: known ?? 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },

    initAsync: false,
  });
  return instance;
}

/** The locale numbers and dates are written in: the system's own variant of the language we speak. */
export const numberLocale = (language: string, languages: readonly string[]): string =>
  languages.find((tag) => tag.split('-')[0] === language) ?? language;
