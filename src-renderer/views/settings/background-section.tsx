import { Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellView } from '../../../src-preload/contract/background.ts';
import { SYNC_INTERVALS_MINUTES } from '../../../src-preload/contract/setting-values.ts';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useNow } from '../../use-now.ts';
import { helpOf, Setting } from './setting.tsx';
import styles from './settings.module.css';
import { SwitchSetting } from './switch-setting.tsx';
import { useSave } from './use-save.ts';

const LOOK_MS = 10_000;

interface BackgroundProps {
  readonly shell: ShellView | null;
  readonly onShell: (shell: ShellView) => void;
}

/** What Crateful does by itself, and what it says about it. */
export function BackgroundSection({ shell, onShell }: BackgroundProps) {
  const { t } = useTranslation();
  const muted = shell !== null && !shell.notifications;
  const silence = muted ? { disabled: true, note: t('settings.notificationsOff') } : {};
  return (
    <>
      <Setting id="schedule" control={<ScheduleSelect />}>
        <ScheduleState />
      </Setting>
      <SwitchSetting id="battery" flag="syncOnBattery" />
      <StartAtLogin shell={shell} onShell={onShell} />
      <SwitchSetting id="newPurchases" flag="notifyNewPurchases" {...silence} />
      <SwitchSetting id="attention" flag="notifyAttention" {...silence} />
    </>
  );
}

/** How often purchases are looked for. */
export function ScheduleSelect() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { settings, save } = useSave();
  return (
    <Select
      className={styles.select}
      aria-label={t('settings.items.schedule.name')}
      value={String(settings.syncEveryMinutes)}
      allowDeselect={false}
      withCheckIcon={false}
      data={SYNC_INTERVALS_MINUTES.map((minutes) => ({
        value: String(minutes),
        label:
          minutes === 0
            ? t('settings.schedule.manual')
            : minutes === 1440
              ? t('settings.schedule.daily')
              : minutes === 60
                ? t('settings.schedule.hourly')
                : t('settings.schedule.every', { span: formats.span(minutes * 60) }),
      }))}
      onChange={(value) => {
        const minutes = SYNC_INTERVALS_MINUTES.find((each) => String(each) === value);
        if (minutes !== undefined) save({ syncEveryMinutes: minutes });
      }}
    />
  );
}

/** When the next sync is due, or why it does not start. */
function ScheduleState() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { nextSyncAtMs, holding } = useMirror((mirror) => mirror.background);
  const now = useNow(nextSyncAtMs === null ? null : LOOK_MS);
  if (nextSyncAtMs === null) return null;
  return (
    <p className={styles.state} role="status">
      {holding === null
        ? t('settings.schedule.next', {
            span: formats.span(Math.max(0, nextSyncAtMs - now) / 1000),
          })
        : t(`settings.schedule.holding.${holding}`)}
    </p>
  );
}

/** Shown as the system says it is, not as it was wished. */
function StartAtLogin({ shell, onShell }: BackgroundProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const set = useCall(bridge.setStartAtLogin);
  const [refused, setRefused] = useState(false);
  const state = shell?.startAtLogin ?? 'off';
  const change = async (on: boolean): Promise<void> => {
    const answer = await set.start({ on });
    if (answer === undefined) return;
    onShell(answer);
    setRefused((answer.startAtLogin === 'on') !== on);
  };
  return (
    <Setting
      id="startAtLogin"
      control={
        <Switch
          size="md"
          withThumbIndicator={false}
          aria-label={t('settings.items.startAtLogin.name')}
          aria-describedby={helpOf('startAtLogin')}
          checked={state === 'on'}
          disabled={shell === null || state === 'unavailable' || set.busy}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
      }
    >
      {state === 'unavailable' && (
        <p className={styles.state}>{t('settings.startAtLogin.unavailable')}</p>
      )}
      {refused && state !== 'unavailable' && (
        <p className={styles.refused} role="alert">
          {t('settings.startAtLogin.refused')}
        </p>
      )}
    </Setting>
  );
}
