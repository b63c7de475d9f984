import { Drawer } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useMirror, useNavigation } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import styles from './album.module.css';
import { AlbumPage } from './album-page.tsx';

/** An album's page, over whatever page it was opened from. */
export function AlbumDrawer() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const albumId = usePlace(navigation, (place) => place.albumId);
  const album = useMirror((mirror) => (albumId === null ? undefined : mirror.albums.get(albumId)));
  const [last, setLast] = useState<AlbumSummary | undefined>(album);
  useEffect(() => {
    if (album !== undefined) setLast(album);
  }, [album]);
  const shown = album ?? last;
  return (
    <Drawer
      opened={album !== undefined}
      onClose={() => navigation.setState({ albumId: null })}
      position="right"
      size={460}
      title={shown?.title ?? ''}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      classNames={{
        content: styles.drawer,
        header: styles.drawerHead,
        title: styles.drawerTitle,
        body: styles.drawerBody,
      }}
    >
      {shown !== undefined && <AlbumPage key={shown.id} album={shown} />}
    </Drawer>
  );
}
