import { Button } from '@mantine/core';
import { IconFolderOpen, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { AlbumStatus } from '../../components/album-status.tsx';
import { Cover } from '../../components/cover.tsx';
import { FormatBadges } from '../../components/format-badges.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { isActive, syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './album.module.css';
import { TrackList } from './track-list.tsx';

/** One album: what it is, where it stands, and its tracks. */
export function AlbumPage({ album }: { readonly album: AlbumSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const blocked = useMirror((mirror) => syncObstacle(mirror) !== null || isActive(mirror.run));
  const show = useCall(bridge.showInFolder);
  const sync = useCall(bridge.startSync);
  const nothingLeft = ['synced', 'pre-order', 'withheld'].includes(album.status);
  const facts = [
    album.year,
    album.label,
    t('album.tracks', { count: album.tracksTotal, amount: formats.count(album.tracksTotal) }),
    album.bytes > 0 ? formats.bytes(album.bytes) : null,
  ].filter((fact) => fact !== null);
  return (
    <>
      <div className={styles.head}>
        <div className={styles.cover}>
          <Cover albumId={album.id} hasCover={album.hasCover} />
        </div>
        <div className={styles.words}>
          <h2 className={styles.title}>
            {album.title}
            {album.version !== null && <span className={styles.version}> {album.version}</span>}
          </h2>
          <p className={styles.artist}>{album.artist}</p>
          <p className={styles.facts}>{facts.join(' · ')}</p>
          <p className={styles.facts}>
            {t('album.bought', { date: formats.date(album.purchasedAt) })}
            {album.singles ? ` · ${t('album.singles')}` : ''}
            {album.explicit ? ` · ${t('album.explicit')}` : ''}
          </p>
          <p className={styles.marks}>
            <AlbumStatus album={album} />
            <FormatBadges formatIds={album.formatIds} />
          </p>
        </div>
      </div>
      <div className={styles.actions}>
        {!nothingLeft && (
          <Button
            size="sm"
            leftSection={<IconRefresh size={16} stroke={1.9} />}
            disabled={blocked}
            loading={sync.busy}
            onClick={() => {
              goTo(navigation, 'activity');
              void sync.start({ albumIds: [album.id] });
            }}
          >
            {t('album.sync')}
          </Button>
        )}
        {album.tracksDone > 0 && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFolderOpen size={16} stroke={1.75} />}
            loading={show.busy}
            onClick={() => void show.start({ albumId: album.id })}
          >
            {t('app.showInFolder')}
          </Button>
        )}
      </div>
      <TrackList albumId={album.id} revision={`${album.status}/${album.tracksDone}`} />
    </>
  );
}
