import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import de from '../assets/locales/de.json';
import en from '../assets/locales/en.json';
import fr from '../assets/locales/fr.json';
import type { Language } from '../src-preload/contract/language.ts';

/** Every sentence of one language. */
export type Sentences = typeof en;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Sentences };
  }
}

/** The languages there are sentences for; they are small enough to be there from the start. */
const RESOURCES = {
  en: { translation: en },
  fr: { translation: fr },
  de: { translation: de },
} satisfies Record<Language, { readonly translation: Sentences }>;

/** The sentences, in a language that may change at any time. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    resources: RESOURCES,
    lng: language,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** The sentences of the language that is spoken now, for the few places that look at them before they speak. */
export const sentencesOf = ({ language }: i18n): Sentences =>
  language in RESOURCES ? RESOURCES[language as keyof typeof RESOURCES].translation : en;

/** The locale numbers and dates are written in: the system's own variant of the language we speak. */
export const numberLocale = (language: string, languages: readonly string[]): string =>
  languages.find((tag) => tag.split('-')[0] === language) ?? language;
