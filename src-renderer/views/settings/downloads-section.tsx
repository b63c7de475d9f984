import { Slider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SETTING_BOUNDS } from '../../../src-preload/contract/setting-values.ts';
import { useFormats } from '../../context.ts';
import { NumberSetting } from './number-setting.tsx';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useSave } from './use-save.ts';

const KB_IN_MB = 1000;
const {
  concurrency: AT_ONCE,
  bandwidthLimitKBPerSecond: RATE,
  reservePercent: RESERVE,
} = SETTING_BOUNDS;

/** How much of the connection and of the drive a sync may take. */
export function DownloadsSection() {
  const { settings, save } = useSave();
  const { field } = useFormats();
  return (
    <>
      <Concurrency />
      <NumberSetting
        id="bandwidth"
        value={settings.bandwidthLimitKBPerSecond / KB_IN_MB}
        least={RATE.least / KB_IN_MB}
        most={RATE.most / KB_IN_MB}
        step={1}
        digits={3}
        unit={field.megabytesPerSecond}
        onSave={(value) => save({ bandwidthLimitKBPerSecond: Math.round(value * KB_IN_MB) })}
      />
      <NumberSetting
        id="reserve"
        value={settings.reservePercent}
        least={RESERVE.least}
        most={RESERVE.most}
        step={1}
        digits={1}
        unit={field.percent}
        onSave={(reservePercent) => save({ reservePercent })}
      />
    </>
  );
}

function Concurrency() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  const [atOnce, setAtOnce] = useState(settings.concurrency);
  useEffect(() => setAtOnce(settings.concurrency), [settings.concurrency]);
  return (
    <Setting id="concurrency" control={<span className={styles.value}>{atOnce}</span>}>
      <Slider
        min={AT_ONCE.least}
        max={AT_ONCE.most}
        step={1}
        label={null}
        marks={Array.from({ length: AT_ONCE.most }, (_, index) => ({ value: index + 1 }))}
        thumbLabel={t('settings.items.concurrency.name')}
        value={atOnce}
        onChange={setAtOnce}
        onChangeEnd={(concurrency) => save({ concurrency })}
      />
    </Setting>
  );
}
