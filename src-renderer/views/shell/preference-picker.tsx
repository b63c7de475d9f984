import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PREFERENCES } from '../../../src-preload/contract/formats.ts';
import { useMirror, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './sidebar.module.css';

/** Which format to prefer, each explained in a line. */
export function PreferencePicker() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const preference = useMirror((mirror) => mirror.settings.preference);
  const running = useMirror(({ run }) => isActive(run));
  const update = useCall(bridge.updateSettings);
  return (
    <div>
      <Select
        aria-label={t('preference.label')}
        value={preference}
        allowDeselect={false}
        disabled={running || update.busy}
        withCheckIcon={false}
        maxDropdownHeight={340}
        comboboxProps={{ width: 300, position: 'bottom-start', shadow: 'md' }}
        data={PREFERENCES.map((value) => ({ value, label: t(`preference.${value}.name`) }))}
        renderOption={({ option, checked }) => {
          const value = PREFERENCES.find((one) => one === option.value) ?? preference;
          return (
            <span className={styles.option} data-checked={checked || undefined}>
              <span className={styles.optionName}>{option.label}</span>
              <span className={styles.optionText}>{t(`preference.${value}.text`)}</span>
            </span>
          );
        }}
        onChange={(value) => {
          const chosen = PREFERENCES.find((one) => one === value);
          if (chosen !== undefined) void update.start({ preference: chosen });
        }}
      />
      <p className={`${styles.note} ${styles.explanation}`}>{t(`preference.${preference}.text`)}</p>
    </div>
  );
}
