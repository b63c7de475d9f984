import { describe, expect, it } from 'vitest';
import { environmentLocales, resolveLanguage } from '../../../src-preload/contract/language.ts';

describe('the language', () => {
  it('is the one chosen, whatever the system speaks', () => {
    expect(resolveLanguage('de', ['fr-FR'])).toBe('de');
    expect(resolveLanguage('en', ['fr-FR'])).toBe('en');
  });

  it.each([
    [['fr-CA', 'en-US'], 'fr'],
    [['pt-BR', 'de-CH', 'en'], 'de'],
    [['DE_AT.UTF-8'], 'de'],
    [['fr@euro'], 'fr'],
    [['C', 'POSIX', 'de'], 'de'],
    [['frr', 'den'], 'en'],
    [['ja'], 'en'],
    [[], 'en'],
  ] as const)(
    'follows the first of the system’s languages that is spoken: %j is %s',
    (locales, language) => {
      expect(resolveLanguage('system', locales)).toBe(language);
    },
  );
});

describe('the languages of an environment', () => {
  it.each([
    [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
    [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'de_DE.UTF-8' }, 'de'],
    [{ LANG: 'fr_FR', LC_MESSAGES: 'de_DE', LC_ALL: 'en_GB' }, 'en'],
    [{ LANG: 'fr_FR', LANGUAGE: 'es:de' }, 'de'],
    [{ LANG: 'fr_FR', LC_ALL: '' }, 'fr'],
    [{ LC_ALL: 'C.UTF-8', LANGUAGE: 'de', LANG: 'de_DE' }, 'en'],
    [{}, 'en'],
  ] as const)('are read as gettext reads them: %j is %s', (environment, language) => {
    expect(resolveLanguage('system', environmentLocales(environment))).toBe(language);
  });
});
