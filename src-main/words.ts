import en from '../assets/locales/en.json' with { type: 'json' };
import type { Language } from '../src-preload/contract/language.ts';

/** Every sentence of one language, as `assets/locales` holds them. */
export type Words = typeof en;

/** The languages there are sentences for. */
const WORDS: Partial<Record<Language, Words>> = { en };

/** The language that is spoken where this one is wanted: itself, or English while nobody has put it into words. */
export const spokenLanguage = (wanted: Language): Language => (wanted in WORDS ? wanted : 'en');

/** The sentences of a language, for everything outside the window. */
export const wordsOf = (language: Language): Words => WORDS[language] ?? en;
