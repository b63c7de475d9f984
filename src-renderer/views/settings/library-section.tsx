import { useTranslation } from 'react-i18next';
import { useMirror } from '../../context.ts';
import { FolderSetting } from './folder-setting.tsx';
import { NamingSetting } from './naming-setting.tsx';
import { PreferenceSelect } from './preference-select.tsx';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { SwitchSetting } from './switch-setting.tsx';

/** Where the copy is kept, how its files are called, and what belongs to it. */
export function LibrarySection() {
  const { t } = useTranslation();
  const preference = useMirror((mirror) => mirror.settings.preference);
  return (
    <>
      <FolderSetting />
      <NamingSetting />
      <Setting id="preference" control={<PreferenceSelect />}>
        <p className={styles.state}>{t(`preference.${preference}.text`)}</p>
      </Setting>
      <SwitchSetting id="covers" flag="saveCovers" />
      <SwitchSetting id="embedding" flag="embedCovers" />
      <SwitchSetting id="booklets" flag="saveBooklets" />
      <SwitchSetting id="replayGain" flag="writeReplayGain" />
    </>
  );
}
