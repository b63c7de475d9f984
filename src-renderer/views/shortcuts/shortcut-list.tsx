import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMirror, useNavigation } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import styles from './shortcuts.module.css';
import { SHORTCUTS } from './shortcuts.ts';

/** All shortcuts in a list. */
export function ShortcutList() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const opened = usePlace(navigation, ({ overlay }) => overlay === 'shortcuts');
  const mac = useMirror(({ app }) => app.platform === 'darwin');
  const cap = (key: string): string => {
    if (key === 'Mod') return mac ? '⌘' : t('shortcuts.keys.control');
    if (key === 'Space') return t('shortcuts.keys.space');
    return key === 'Escape' ? t('shortcuts.keys.escape') : key;
  };
  return (
    <Modal
      opened={opened}
      onClose={() => navigation.setState({ overlay: null })}
      title={t('shortcuts.title')}
      size={440}
      classNames={{ title: styles.title }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <dl className={styles.list}>
        {SHORTCUTS.map(({ to, keys }) => (
          <div key={keys.join()} className={styles.row}>
            <dt>{typeof to === 'object' ? t(`nav.${to.page}`) : t(`shortcuts.${to}`)}</dt>
            <dd className={styles.keys}>
              {keys.map((key) => (
                <Kbd key={key}>{cap(key)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
