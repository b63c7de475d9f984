import { Radio, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PREFERENCES } from '../../../src-preload/contract/formats.ts';
import { useSave } from '../settings/use-save.ts';
import styles from './first-run.module.css';

/** Which format, and what else belongs to an album. */
export function FetchStep() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  return (
    <>
      <h1 className={styles.title} tabIndex={-1}>
        {t('setup.fetch.title')}
      </h1>
      <p className={styles.lead}>{t('setup.fetch.text')}</p>
      <Radio.Group
        aria-label={t('preference.label')}
        value={settings.preference}
        onChange={(value) => {
          const preference = PREFERENCES.find((one) => one === value);
          if (preference !== undefined) save({ preference });
        }}
      >
        <div className={styles.choices}>
          {PREFERENCES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`preference.${value}.name`)}
              classNames={{ description: styles.description }}
              description={t(`preference.${value}.text`)}
            />
          ))}
        </div>
      </Radio.Group>
      <div className={styles.choices}>
        <Switch
          label={t('setup.fetch.covers')}
          classNames={{ description: styles.description }}
          description={t('setup.fetch.coversText')}
          withThumbIndicator={false}
          checked={settings.saveCovers || settings.embedCovers}
          onChange={({ currentTarget: { checked } }) =>
            save({ saveCovers: checked, embedCovers: checked })
          }
        />
        <Switch
          label={t('setup.fetch.booklets')}
          classNames={{ description: styles.description }}
          description={t('setup.fetch.bookletsText')}
          withThumbIndicator={false}
          checked={settings.saveBooklets}
          onChange={({ currentTarget: { checked } }) => save({ saveBooklets: checked })}
        />
      </div>
    </>
  );
}
