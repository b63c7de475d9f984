import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import de from '../../assets/locales/de.json' with { type: 'json' };
import en from '../../assets/locales/en.json' with { type: 'json' };
import fr from '../../assets/locales/fr.json' with { type: 'json' };
import { ERRORS } from '../../src-preload/contract/error-codes.ts';
import { createFormats } from '../../src-preload/contract/format.ts';
import { PLAN_REASONS } from '../../src-preload/contract/plan.ts';
import { names, readSpeech, type Spoken } from '../support/spoken-keys.ts';

const project = join(import.meta.dirname, '../..');

const LANGUAGES = { en, fr, de };
const TRANSLATIONS = { fr, de };
const EVERY = Object.entries(LANGUAGES);
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every sentence by its whole key. */
function sentences(value: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[prefix, value]]);
  return new Map(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => [
      ...sentences(inner, prefix === '' ? key : `${prefix}.${key}`),
    ]),
  );
}

const ENGLISH = sentences(en);
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const bare = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, '');

/** The keys a language must hold: those of English, with the plural forms of its own. */
function keysWanted(language: string): readonly string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return [...ENGLISH.keys()]
    .filter((key) => !PLURAL.test(key) || key.endsWith('_other'))
    .flatMap((key) =>
      PLURAL.test(key)
        ? pluralCategories.map((category) => key.replace(PLURAL, `_${category}`))
        : [key],
    );
}

/** The English sentence a translated one is measured by; a form English lacks, by the common one. */
const englishOf = (key: string): string =>
  ENGLISH.get(key) ?? ENGLISH.get(key.replace(PLURAL, '_other')) ?? '';

/** What is the same word in another language, without figures and marks around it. */
const SAME: Readonly<Record<keyof typeof TRANSLATIONS, readonly string[]>> = {
  fr: 'Actions Album Albums Code Ctrl DSD Format Genre Genres Label Licences MP Pages Pause Playlist Position Proxy Volume album albums'.split(
    ' ',
  ),
  de: 'Album Booklet Booklets Code Cover DSD Demo Disc Downloads Esc Filter Format Genre Genres Label Links MP Offline Pause Player Playlist Position Proxy Status Token in'.split(
    ' ',
  ),
};

/** Names, which are nobody's language. */
const NAMES = ['Crateful', 'English', 'Français', 'Deutsch', 'kbit/s'];

describe('the sentences', () => {
  it('are there for every language, in one file each', () => {
    const files = readdirSync(join(project, 'assets/locales')).sort();
    expect(files).toEqual(
      Object.keys(LANGUAGES)
        .map((language) => `${language}.json`)
        .sort(),
    );
  });

  it.each(EVERY)('hold in %s every key, in every plural form, and no other', (language, held) => {
    expect([...sentences(held).keys()].sort()).toEqual([...keysWanted(language)].sort());
  });

  it.each(EVERY)('are none of them empty in %s', (_, held) => {
    expect([...sentences(held)].filter(([, text]) => text.trim() !== text || text === '')).toEqual(
      [],
    );
  });

  it.each(Object.entries(TRANSLATIONS))('fill in the same in %s as in English', (_, held) => {
    const odd = [...sentences(held)].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(englishOf(key)).join(),
    );
    expect(odd).toEqual([]);
  });

  it.each(['fr', 'de'] as const)('are in %s not left in English', (language) => {
    const same = [...sentences(TRANSLATIONS[language])].filter(([key, text]) => {
      if (text !== englishOf(key)) return false;
      const words = bare(text).replace(/^\P{L}+|\P{L}+$/gu, '');
      return words !== '' && ![...NAMES, ...SAME[language]].includes(words);
    });
    expect(same).toEqual([]);
  });

  it.each(EVERY)(
    'tell in %s what happened and what to do for every fault, and for no other',
    (_, { errors }) => {
      expect(Object.keys(errors).sort()).toEqual(Object.keys(ERRORS).sort());
      for (const [code, words] of Object.entries(errors)) {
        expect(words.sentence, code).toMatch(/^\p{Lu}.*[.]$/u);
        expect(words.remedy, code).toMatch(/^\p{Lu}.*[.]$/u);
        expect(words.sentence + words.remedy, code).not.toContain('{{');
      }
    },
  );

  it.each(EVERY)('give in %s every plan reason, and no other', (_, { plan }) => {
    expect(Object.keys(plan.reasons).sort()).toEqual([...PLAN_REASONS].sort());
    for (const reason of Object.values(plan.reasons)) expect(reason).toMatch(/^\p{Lu}.*[.]$/u);
  });
});

describe('the sources', () => {
  const spoken: Spoken[] = [];
  const unreadable: string[] = [];
  // The compiler learns every type first.
  beforeAll(() => {
    for (const [config, folder] of [
      ['tsconfig.web.json', 'src-renderer'],
      ['tsconfig.json', 'src-main'],
    ] as const) {
      const speech = readSpeech(project, config, folder, Object.keys(en));
      spoken.push(...speech.spoken);
      unreadable.push(...speech.unreadable);
    }
  }, 180_000);

  it('name every sentence where it can be read', () => {
    expect(unreadable).toEqual([]);
    expect(spoken.length).toBeGreaterThan(500);
  });

  it('name no key that is not there', () => {
    const missing = spoken.filter(
      (each) => ![...ENGLISH.keys()].some((key) => names(each, key, PLURAL)),
    );
    expect(missing).toEqual([]);
  });

  it('name every key there is', () => {
    const unused = [...ENGLISH.keys()].filter(
      (key) => !spoken.some((each) => names(each, key, PLURAL)),
    );
    expect(unused).toEqual([]);
  });
});

describe('the writing', () => {
  it.each(EVERY)('ends no sentence of %s with two full stops after a span', (language, held) => {
    // German short units are abbreviations: "5 Min."
    const dotted = [60, 3600].some((span) => createFormats(language).span(span).endsWith('.'));
    const ends = [...sentences(held)].filter(([, text]) => /\{\{(span|time|left)\}\}\./.test(text));
    expect(dotted ? ends : []).toEqual([]);
  });

  const found = (held: unknown, wrong: RegExp) =>
    [...sentences(held)].filter(([, text]) => wrong.test(bare(text)));

  it('is French: narrow spaces that do not break, curly apostrophes, « » and “vous”', () => {
    expect(found(fr, / [;:!?»]|« /)).toEqual([]);
    expect(found(fr, /\p{L}([;!?»]|: |:$)|«\p{L}/u)).toEqual([]);
    expect(found(fr, /['"“”]|\.\.\./)).toEqual([]);
    expect(found(fr, /(?<!\p{L})(tu|ton|ta|tes|toi)(?!\p{L})/iu)).toEqual([]);
  });

  it('is German: „ “, a space before …, and “du”', () => {
    expect(found(de, /['"”]|\.\.\.|[^\u00a0]…/)).toEqual([]);
    for (const [key, text] of sentences(de)) {
      expect(text.split('„').length, key).toBe(text.split('“').length);
    }
    expect(found(de, /[\p{Ll},] (Sie|Ihnen|Ihre?[mnrs]?)(?!\p{L})/u)).toEqual([]);
  });
});
