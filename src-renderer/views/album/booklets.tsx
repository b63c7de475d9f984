import { Button } from '@mantine/core';
import { IconBook2, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './album.module.css';

/** The booklets that came with an album. */
export function Booklets({ album }: { readonly album: AlbumView }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const show = useCall(bridge.showInFolder);
  if (album.booklets.length === 0) return null;
  return (
    <section className={styles.booklets}>
      <h2 className={styles.discTitle}>{t('album.booklets')}</h2>
      <ul>
        {album.booklets.map(({ index, name, onDisk }) => (
          <li key={index} className={styles.booklet}>
            <IconBook2 size={18} stroke={1.75} aria-hidden="true" />
            <span className={styles.bookletName}>{name}</span>
            {onDisk ? (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconFolderOpen size={15} stroke={1.75} />}
                aria-label={t('album.showBooklet', { name })}
                onClick={() => void show.start({ albumId: album.id })}
              >
                {t('app.showInFolder')}
              </Button>
            ) : (
              <span className={styles.missing}>{t('album.bookletMissing')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
