import { Modal, NumberInput, SegmentedControl, Slider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import { useCall } from '../../use-call.ts';
import { AppPairForm } from '../welcome/app-pair-form.tsx';
import styles from './settings.module.css';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
const MOST_AT_ONCE = 8;
const MOST_RESERVE = 50;

/** Everything that can be set, in one place; each change takes effect at once. */
export function SettingsModal() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const opened = usePlace(navigation, (place) => place.settingsOpen);
  return (
    <Modal
      opened={opened}
      onClose={() => navigation.setState({ settingsOpen: false })}
      title={t('settings.title')}
      size={520}
      classNames={{ title: styles.title }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <SettingsForm />
    </Modal>
  );
}

function SettingsForm() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const settings = useMirror((mirror) => mirror.settings);
  const demo = useMirror((mirror) => mirror.app.demo);
  const update = useCall(bridge.updateSettings);
  const [concurrency, setConcurrency] = useState(settings.concurrency);
  const [reserve, setReserve] = useState<string | number>(settings.reservePercent);
  useEffect(() => setConcurrency(settings.concurrency), [settings.concurrency]);
  useEffect(() => setReserve(settings.reservePercent), [settings.reservePercent]);

  const keepReserve = (): void => {
    const percent = typeof reserve === 'number' ? reserve : Number.parseFloat(reserve);
    if (Number.isFinite(percent) && percent >= 0 && percent <= MOST_RESERVE) {
      if (percent !== settings.reservePercent) void update.start({ reservePercent: percent });
    } else setReserve(settings.reservePercent);
  };

  return (
    <div className={styles.form}>
      <div className={styles.setting}>
        <span className={styles.name}>{t('settings.theme.name')}</span>
        <SegmentedControl
          aria-label={t('settings.theme.name')}
          value={settings.theme}
          onChange={(value) => {
            const theme = THEMES.find((one) => one === value);
            if (theme !== undefined) void update.start({ theme });
          }}
          data={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        />
      </div>
      <div className={styles.setting}>
        <span className={styles.name} id="concurrency-name">
          {t('settings.concurrency.name')}
          <span className={styles.value}>{concurrency}</span>
        </span>
        <Slider
          min={1}
          max={MOST_AT_ONCE}
          step={1}
          label={null}
          marks={Array.from({ length: MOST_AT_ONCE }, (_, index) => ({ value: index + 1 }))}
          thumbLabel={t('settings.concurrency.name')}
          value={concurrency}
          onChange={setConcurrency}
          onChangeEnd={(value) => void update.start({ concurrency: value })}
        />
        <p className={styles.help}>{t('settings.concurrency.help')}</p>
      </div>
      <NumberInput
        label={t('settings.reserve.name')}
        description={t('settings.reserve.help')}
        value={reserve}
        min={0}
        max={MOST_RESERVE}
        decimalScale={1}
        suffix=" %"
        onChange={setReserve}
        onBlur={keepReserve}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keepReserve();
        }}
        classNames={{ label: styles.name, description: styles.help, wrapper: styles.percent }}
      />
      {!demo && (
        <div className={styles.pair}>
          <AppPairForm />
        </div>
      )}
    </div>
  );
}
