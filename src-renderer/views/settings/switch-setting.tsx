import { Switch } from '@mantine/core';
import { helpOf, nameOf, Setting } from './setting.tsx';
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
  const { settings, save } = useSave();
  return (
    <Setting
      id={id}
      control={
        <Switch
          size="md"
          withThumbIndicator={false}
          aria-labelledby={nameOf(id)}
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
