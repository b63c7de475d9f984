import { describe, expect, it } from 'vitest';
import en from '../../../assets/locales/en.json' with { type: 'json' };
import { DEFAULT_SETTINGS } from '../../../src-preload/contract/settings.ts';
import {
  keysOf,
  SECTION_IDS,
  sectionOf,
  settingsOf,
} from '../../../src-renderer/views/settings/setting-list.ts';
import { matches } from '../../../src-renderer/views/settings/use-setting-search.ts';

const all = SECTION_IDS.flatMap(settingsOf);

describe('the list of settings', () => {
  it('has a place for every stored value, once; how the library looks is chosen in the library', () => {
    const shown = all.flatMap(keysOf);
    expect([...shown].sort()).toEqual(
      Object.keys(DEFAULT_SETTINGS)
        .filter((key) => key !== 'libraryView')
        .sort(),
    );
  });

  it('names every setting once, with words for each and for nothing else', () => {
    expect(new Set(all).size).toBe(all.length);
    expect(Object.keys(en.settings.items).sort()).toEqual([...all].sort());
    for (const id of all) expect(settingsOf(sectionOf(id))).toContain(id);
  });
});

describe('the search over settings', () => {
  it('finds every word anywhere, whatever its case and marks', () => {
    const texts = ['Réseau', 'Serveur mandataire', 'Comment atteindre Internet'];
    expect(matches('reseau', texts)).toBe(true);
    expect(matches('INTERNET mandat', texts)).toBe(true);
    expect(matches('internet cover', texts)).toBe(false);
    expect(matches('', texts)).toBe(true);
  });
});
