import { NumberInput, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SETTING_BOUNDS } from '../../../src-preload/contract/setting-values.ts';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { atOnceOf, LEAST_MB, limitOf, MOST_MB, megabytesOf } from './bandwidth.ts';
import styles from './queue.module.css';

/** What the limit is when it is switched on for the first time, in kilobytes a second. */
const FIRST_LIMIT = 5000;
/** How long somebody who types has paused when the number is taken. */
const TYPING_MS = 600;

/** How fast and how much at once; each change holds from the next block of bytes on. */
export function Limits() {
  return (
    <div className={styles.limits}>
      <SpeedLimit />
      <AtOnce />
    </div>
  );
}

function SpeedLimit() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const stored = useMirror(({ settings }) => settings.bandwidthLimitKBPerSecond);
  const { start } = useCall(bridge.updateSettings);
  const [typed, setTyped] = useState<string | number>(megabytesOf(stored || FIRST_LIMIT));
  const limit = limitOf(typed);
  useEffect(() => {
    if (stored !== 0) setTyped(megabytesOf(stored));
  }, [stored]);
  useEffect(() => {
    if (stored === 0 || limit === null || limit === stored) return;
    const timer = setTimeout(() => void start({ bandwidthLimitKBPerSecond: limit }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [limit, stored, start]);
  return (
    <div className={styles.limit}>
      <Switch
        size="sm"
        label={t('queue.limits.speed')}
        checked={stored !== 0}
        onChange={(event) =>
          void start({
            bandwidthLimitKBPerSecond: event.currentTarget.checked ? (limit ?? FIRST_LIMIT) : 0,
          })
        }
      />
      <NumberInput
        className={styles.number}
        size="sm"
        aria-label={t('queue.limits.megabytes')}
        suffix={formats.field.megabytesPerSecond}
        decimalSeparator={formats.field.decimalMark}
        disabled={stored === 0}
        value={typed}
        min={LEAST_MB}
        max={MOST_MB}
        step={1}
        decimalScale={2}
        clampBehavior="none"
        allowNegative={false}
        onChange={setTyped}
        error={
          limit === null &&
          typed !== megabytesOf(stored) &&
          t('queue.limits.speedRange', {
            least: formats.speed(LEAST_MB * 1e6),
            most: formats.speed(MOST_MB * 1e6),
          })
        }
      />
    </div>
  );
}

function AtOnce() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const stored = useMirror(({ settings }) => settings.concurrency);
  const { start } = useCall(bridge.updateSettings);
  const [typed, setTyped] = useState<string | number>(stored);
  const { least, most } = SETTING_BOUNDS.concurrency;
  useEffect(() => setTyped(stored), [stored]);
  return (
    <div className={styles.limit}>
      <label htmlFor="at-once">{t('queue.limits.atOnce')}</label>
      <NumberInput
        id="at-once"
        className={styles.number}
        size="sm"
        value={typed}
        min={least}
        max={most}
        step={1}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        onChange={(value) => {
          setTyped(value);
          const concurrency = atOnceOf(value);
          if (concurrency !== null && concurrency !== stored) void start({ concurrency });
        }}
        error={
          atOnceOf(typed) === null &&
          t('queue.limits.atOnceRange', {
            least: formats.count(least),
            most: formats.count(most),
          })
        }
      />
    </div>
  );
}
