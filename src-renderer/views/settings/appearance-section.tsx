import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../../src-preload/contract/setting-values.ts';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useSave } from './use-save.ts';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];

/** How the window looks and speaks. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  return (
    <>
      <Setting
        id="theme"
        control={
          <SegmentedControl
            aria-label={t('settings.items.theme.name')}
            value={settings.theme}
            onChange={(value) => {
              const theme = THEMES.find((one) => one === value);
              if (theme !== undefined) save({ theme });
            }}
            data={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          />
        }
      />
      <Setting
        id="language"
        control={
          <Select
            className={styles.select}
            aria-label={t('settings.items.language.name')}
            value={settings.language}
            allowDeselect={false}
            withCheckIcon={false}
            data={LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
            onChange={(value) => {
              const language = LANGUAGES.find((one) => one === value);
              if (language !== undefined) save({ language });
            }}
          />
        }
      />
    </>
  );
}
