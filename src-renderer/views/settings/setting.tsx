import { IconRotate } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { useMirror } from '../../context.ts';
import { keysOf, type SettingId } from './setting-list.ts';
import styles from './settings.module.css';

/** The settings the search leaves on the page. */
export const ShownSettings = createContext<ReadonlySet<SettingId>>(new Set());

/** Where a setting is found on the page. */
export const anchorOf = (id: SettingId): string => `setting-${id}`;
/** The id of a setting's explanation. */
export const helpOf = (id: SettingId): string => `setting-${id}-help`;

interface SettingProps {
  readonly id: SettingId;
  /** Beside the words: a switch, a button, a small field. */
  readonly control?: ReactNode;
  /** Below the words: whatever needs the width. */
  readonly children?: ReactNode;
}

/** One setting: its name, what it means, what was wrong with its stored value, and its controls. */
export function Setting({ id, control, children }: SettingProps) {
  const { t } = useTranslation();
  const shown = useContext(ShownSettings).has(id);
  const reset = useMirror(({ resetSettings }) =>
    keysOf(id).some((key) => resetSettings.includes(key)),
  );
  if (!shown) return null;
  return (
    <div className={styles.setting} id={anchorOf(id)} tabIndex={-1}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h3 className={styles.name}>{t(`settings.items.${id}.name`)}</h3>
          <p className={styles.help} id={helpOf(id)}>
            {t(`settings.items.${id}.help`)}
          </p>
        </div>
        {control !== undefined && <div className={styles.control}>{control}</div>}
      </div>
      {reset && (
        <Notice
          tone="warn"
          icon={<IconRotate size={18} stroke={1.75} />}
          title={t('settings.reset')}
        >
          {t('settings.resetText')}
        </Notice>
      )}
      {children}
    </div>
  );
}
