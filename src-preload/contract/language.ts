/** A language Crateful speaks; each has one file in `assets/locales`. */
export type Language = 'en' | 'fr' | 'de';

const SPOKEN: readonly Language[] = ['en', 'fr', 'de'];

/**
 * The language to speak: the one that was chosen, else the first of the system's that Crateful speaks, else
 * English. Locales may be written as browsers do (`fr-CA`) or as POSIX does (`de_AT.UTF-8`); `C` and `POSIX` say
 * nothing and are passed over.
 */
export function resolveLanguage(
  setting: 'system' | Language,
  systemLocales: readonly string[],
): Language {
  if (setting !== 'system') return setting;
  for (const locale of systemLocales) {
    const language = locale.toLowerCase().split(/[-_.@]/, 1)[0];
    const spoken = SPOKEN.find((each) => each === language);
    if (spoken) return spoken;
  }
  return 'en';
}

/**
 * What a POSIX environment says of languages, the most telling first (gettext manual, "Locale Environment
 * Variables"): `LANGUAGE` is a list, `LC_ALL` wins over `LC_MESSAGES`, that over `LANG`.
 */
export function environmentLocales(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value);
  // With the locale C, programs speak as written whatever LANGUAGE lists.
  if (locale && /^(C|POSIX)(\.|$)/i.test(locale)) return [locale];
  return [...(LANGUAGE ?? '').split(':'), locale ?? ''].filter((each) => each !== '');
}
