import { Button } from '@mantine/core';
import {
  IconCircleOff,
  IconCopy,
  IconFolderOpen,
  IconPlayerPlayFilled,
  IconRefresh,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import { formatInfo } from '../../../src-preload/contract/formats.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useMirror, useSurroundings } from '../../context.ts';
import { syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { useSkip } from '../../use-skip.ts';
import { usePlayer } from '../player/player-context.tsx';
import styles from './album.module.css';
import { FormatMenu } from './format-menu.tsx';
import { playable } from './playable.ts';

interface AlbumActionsProps {
  readonly summary: AlbumSummary;
  /** Null while it is not known. */
  readonly album: AlbumView | null;
}

/** Everything that can be done with one album. */
export function AlbumActions({ summary, album }: AlbumActionsProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const player = usePlayer();
  const blocked = useMirror((mirror) => syncObstacle(mirror) !== null);
  const verifying = useMirror((mirror) => mirror.verify?.state === 'running');
  const show = useCall(bridge.showInFolder);
  const sync = useCall(bridge.startSync);
  const verify = useCall(bridge.verifyAlbums);
  const fetch = useCall(bridge.fetchLeftOut);
  const skip = useSkip();
  const { id, status } = summary;
  const skipped = status === 'skipped';
  const toSync = ['partly', 'not-synced', 'needs-attention'].includes(status);
  const tracks = album === null ? [] : playable(album);
  // Told by the summary, so that nothing moves when the tracks are known: DSD alone is not for the window to play.
  const plays = summary.servedFormatIds.some((each) => formatInfo(each)?.extension !== 'dsf');
  return (
    <div className={styles.actions}>
      {toSync && (
        <Button
          size="sm"
          leftSection={<IconRefresh size={16} stroke={1.9} />}
          disabled={blocked}
          loading={sync.busy}
          onClick={() => void sync.start({ albumIds: [id] })}
        >
          {t('album.sync')}
        </Button>
      )}
      {album?.tracks.some((track) => track.status === 'left-out') && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconCopy size={16} stroke={1.75} />}
          loading={fetch.busy}
          onClick={() => void fetch.start({ albumId: id })}
        >
          {t('album.fetchLeftOut')}
        </Button>
      )}
      {summary.tracksDone > 0 && (
        <>
          {plays && (
            <Button
              size="sm"
              variant={toSync ? 'default' : 'filled'}
              leftSection={<IconPlayerPlayFilled size={15} />}
              disabled={tracks.length === 0}
              onClick={() => player?.play(tracks, 0)}
            >
              {t('album.playAlbum')}
            </Button>
          )}
          <Button
            size="sm"
            variant={plays || toSync ? 'default' : 'filled'}
            leftSection={<IconFolderOpen size={16} stroke={1.75} />}
            loading={show.busy}
            onClick={() => void show.start({ albumId: id })}
          >
            {t('app.showInFolder')}
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconShieldCheck size={16} stroke={1.75} />}
            disabled={verifying}
            loading={verify.busy}
            onClick={() => void verify.start({ albumIds: [id] })}
          >
            {t('album.verify')}
          </Button>
        </>
      )}
      {album !== null && album.entitledFormatIds.length > 0 && (
        <FormatMenu summary={summary} album={album} disabled={blocked} />
      )}
      <Button
        size="sm"
        variant="default"
        leftSection={<IconCircleOff size={16} stroke={1.75} />}
        onClick={() => skip([summary], !skipped)}
      >
        {skipped ? t('album.unskip') : t('album.skip')}
      </Button>
    </div>
  );
}
