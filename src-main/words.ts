import de from '../assets/locales/de.json' with { type: 'json' };
import en from '../assets/locales/en.json' with { type: 'json' };
import fr from '../assets/locales/fr.json' with { type: 'json' };
import type { Language } from '../src-preload/contract/language.ts';

/** Every sentence of one language, as `assets/locales` holds them. */
export type Words = typeof en;

const WORDS: Readonly<Record<Language, Words>> = { en, fr, de };

/** The sentences of a language, for everything outside the window. */
export const wordsOf = (language: Language): Words => WORDS[language];
