import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../../src-preload/contract/ids.ts';
import type { RunAlbum } from '../../../src-preload/contract/queue.ts';
import { Cover } from '../../components/cover.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { openAlbum } from '../../navigation.ts';
import { useCall } from '../../use-call.ts';
import styles from './history.module.css';

/** The albums a run touched; each leads to its page. */
export function RunAlbums({ runId }: { readonly runId: RunId }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const { start, fault } = useCall(bridge.getRunAlbums, 'keep');
  const [albums, setAlbums] = useState<readonly RunAlbum[] | null>(null);
  const load = useCallback(async () => {
    const found = await start({ runId });
    if (found !== undefined) setAlbums(found);
  }, [start, runId]);
  useEffect(() => void load(), [load]);
  if (fault !== null) {
    return (
      <FaultNotice fault={fault}>
        <Button size="sm" onClick={() => void load()}>
          {t('app.tryAgain')}
        </Button>
      </FaultNotice>
    );
  }
  if (albums === null) return <Loader size="xs" aria-label={t('history.loadingAlbums')} />;
  if (albums.length === 0) return <p className={styles.none}>{t('history.noAlbums')}</p>;
  return (
    <ul>
      {albums.map((album) => (
        <AlbumEntry key={album.albumId} album={album} />
      ))}
    </ul>
  );
}

function AlbumEntry({ album }: { readonly album: RunAlbum }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigation = useNavigation();
  const hasCover = useMirror((mirror) => mirror.albums.get(album.albumId)?.hasCover ?? false);
  return (
    <li>
      <button
        type="button"
        className={styles.album}
        onClick={() => openAlbum(navigation, album.albumId)}
      >
        <span className={styles.thumb}>
          <Cover albumId={album.albumId} hasCover={hasCover} />
        </span>
        <span className={styles.words}>
          <span className={styles.albumTitle}>{album.title}</span>
          <span className={styles.artist}>{album.artist}</span>
        </span>
        {album.tracksFailed > 0 && (
          <span className={styles.failed}>
            {t('history.totals.failed', {
              count: album.tracksFailed,
              amount: formats.count(album.tracksFailed),
            })}
          </span>
        )}
        {album.tracksAdded > 0 && (
          <span className={styles.gained}>
            {t('history.added', {
              count: album.tracksAdded,
              amount: formats.count(album.tracksAdded),
              size: formats.bytes(album.bytes),
            })}
          </span>
        )}
      </button>
    </li>
  );
}
