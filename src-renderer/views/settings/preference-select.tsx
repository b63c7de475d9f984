import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PREFERENCES } from '../../../src-preload/contract/formats.ts';
import { useMirror } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import styles from './settings.module.css';
import { useSave } from './use-save.ts';

/** Which format to prefer; it holds still while a sync goes by it. */
export function PreferenceSelect() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  const running = useMirror(({ run }) => isActive(run));
  return (
    <Select
      className={styles.select}
      aria-label={t('settings.items.preference.name')}
      value={settings.preference}
      allowDeselect={false}
      disabled={running}
      withCheckIcon={false}
      data={PREFERENCES.map((value) => ({ value, label: t(`preference.${value}.name`) }))}
      onChange={(value) => {
        const preference = PREFERENCES.find((one) => one === value);
        if (preference !== undefined) save({ preference });
      }}
    />
  );
}
