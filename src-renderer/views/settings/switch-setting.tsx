import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { helpOf, Setting } from './setting.tsx';
import type { SettingId } from './setting-list.ts';
import styles from './settings.module.css';
import { useSave } from './use-save.ts';

type Flag =
  | 'saveCovers'
  | 'embedCovers'
  | 'saveBooklets'
  | 'writeReplayGain'
  | 'syncOnBattery'
  | 'notifyNewPurchases'
  | 'notifyAttention';

interface SwitchSettingProps {
  readonly id: SettingId;
  readonly flag: Flag;
  readonly disabled?: boolean;
  /** Why it has no effect, or what else there is to say. */
  readonly note?: string;
}

/** A setting that is on or off. */
export function SwitchSetting({ id, flag, disabled = false, note }: SwitchSettingProps) {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  return (
    <Setting
      id={id}
      control={
        <Switch
          size="md"
          withThumbIndicator={false}
          aria-label={t(`settings.items.${id}.name`)}
          aria-describedby={helpOf(id)}
          checked={settings[flag]}
          disabled={disabled}
          onChange={(event) => save({ [flag]: event.currentTarget.checked })}
        />
      }
    >
      {note !== undefined && <p className={styles.state}>{note}</p>}
    </Setting>
  );
}
