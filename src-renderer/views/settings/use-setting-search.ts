import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SECTION_IDS, type SettingId, settingsOf } from './setting-list.ts';

/** Letters without their marks and case, so that `decouvert` finds `Découvert`. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word of a query is somewhere in the texts. */
export function matches(query: string, texts: readonly string[]): boolean {
  const whole = plain(texts.join(' '));
  return plain(query)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/** Finds settings by their name, explanation and section, in the order of the page; all of them for no words. */
export function useSettingSearch(): (query: string) => readonly SettingId[] {
  const { t } = useTranslation();
  return useCallback(
    (query: string) =>
      SECTION_IDS.flatMap((section) =>
        settingsOf(section).filter((id) =>
          matches(query.trim(), [
            t(`settings.sections.${section}`),
            t(`settings.items.${id}.name`),
            t(`settings.items.${id}.help`),
          ]),
        ),
      ),
    [t],
  );
}
