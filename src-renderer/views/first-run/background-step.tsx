import { Radio, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { ScheduleSelect } from '../settings/background-section.tsx';
import { useSave } from '../settings/use-save.ts';
import { useShell } from '../settings/use-shell.ts';
import styles from './first-run.module.css';

/** What the background starts with, in minutes. */
const USUAL_INTERVAL = 60;

/** Whether Crateful looks for purchases by itself. */
export function BackgroundStep() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const { settings, save } = useSave();
  const [shell, setShell] = useShell();
  const login = useCall(bridge.setStartAtLogin);
  const auto = settings.syncEveryMinutes > 0;
  const setLogin = async (on: boolean): Promise<void> => {
    const answer = await login.start({ on });
    if (answer !== undefined) setShell(answer);
  };
  return (
    <>
      <h1 className={styles.title} tabIndex={-1}>
        {t('setup.background.title')}
      </h1>
      <Radio.Group
        aria-label={t('setup.background.title')}
        value={auto ? 'auto' : 'manual'}
        onChange={(value) => save({ syncEveryMinutes: value === 'auto' ? USUAL_INTERVAL : 0 })}
      >
        <div className={styles.choices}>
          <Radio
            value="manual"
            label={t('setup.background.manual')}
            classNames={{ description: styles.description }}
            description={t('setup.background.manualText')}
          />
          <Radio
            value="auto"
            label={t('setup.background.auto')}
            classNames={{ description: styles.description }}
            description={t('setup.background.autoText')}
          />
        </div>
      </Radio.Group>
      {auto && (
        <div className={styles.choices}>
          <div className={styles.beside}>
            <span className={styles.name}>{t('setup.background.every')}</span>
            <ScheduleSelect />
          </div>
          {shell !== null && shell.startAtLogin !== 'unavailable' && (
            <Switch
              label={t('setup.background.login')}
              classNames={{ description: styles.description }}
              description={t('setup.background.loginText')}
              withThumbIndicator={false}
              disabled={login.busy}
              checked={shell.startAtLogin === 'on'}
              onChange={(event) => void setLogin(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
    </>
  );
}
