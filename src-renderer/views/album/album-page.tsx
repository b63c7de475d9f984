import { Button } from '@mantine/core';
import { IconArrowLeft, IconDiscOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { AlbumStatus } from '../../components/album-status.tsx';
import { Cover } from '../../components/cover.tsx';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useNavigation } from '../../context.ts';
import { closeAlbum } from '../../navigation.ts';
import { useVerifyNotice } from '../library/use-verify-notice.ts';
import { VerifyNotice } from '../library/verify-notice.tsx';
import styles from './album.module.css';
import { AlbumActions } from './album-actions.tsx';
import { AlbumFacts } from './album-facts.tsx';
import { Booklets } from './booklets.tsx';
import { TrackList } from './track-list.tsx';
import { useAlbum } from './use-album.ts';

/** One album before the page it was opened from: what it is, where it stands, and its tracks. */
export function AlbumPage({ albumId }: { readonly albumId: AlbumId }) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const summary = useMirror((mirror) => mirror.albums.get(albumId));
  useBackKeys();
  return (
    <div className={styles.page}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        className={styles.back}
        leftSection={<IconArrowLeft size={17} stroke={1.9} />}
        onClick={() => closeAlbum(navigation)}
      >
        {t('album.back')}
      </Button>
      {summary === undefined ? (
        <Empty
          page
          icon={<IconDiscOff size={32} stroke={1.5} />}
          title={t('album.gone.title')}
          text={t('album.gone.text')}
        />
      ) : (
        <KnownAlbum key={albumId} summary={summary} />
      )}
    </div>
  );
}

function KnownAlbum({ summary }: { readonly summary: AlbumSummary }) {
  const { t } = useTranslation();
  const { album, fault, again } = useAlbum(summary.id);
  const [verify, dismiss] = useVerifyNotice();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = displayAlbumTitle(summary);
  const mine = verify?.albumIds.includes(summary.id) === true;
  return (
    <article aria-label={title}>
      <header className={styles.head}>
        <div className={styles.cover}>
          <Cover albumId={summary.id} hasCover={summary.hasCover} size="large" />
        </div>
        <div className={styles.words}>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className={styles.artist}>{summary.artist}</p>
          <p className={styles.marks}>
            <AlbumStatus album={summary} />
            {summary.singles && <span className={styles.mark}>{t('album.singles')}</span>}
            {summary.explicit && <span className={styles.mark}>{t('album.explicit')}</span>}
          </p>
          <AlbumActions summary={summary} album={album} />
        </div>
        <AlbumFacts summary={summary} album={album} />
      </header>
      {summary.status === 'skipped' && <p className={styles.note}>{t('album.skippedNote')}</p>}
      {mine && verify !== null && (
        <div className={styles.notice}>
          <VerifyNotice verify={verify} onDismiss={dismiss} />
        </div>
      )}
      {fault !== null && (
        <div className={styles.notice}>
          <FaultNotice fault={fault}>
            <Button size="sm" onClick={again}>
              {t('app.tryAgain')}
            </Button>
          </FaultNotice>
        </div>
      )}
      {album === null ? (
        fault === null && (
          <div className={styles.loading} role="status" aria-label={t('album.loading')} />
        )
      ) : (
        <>
          <TrackList summary={summary} album={album} />
          <Booklets album={album} />
          {album.copyright !== null && <p className={styles.copyright}>{album.copyright}</p>}
        </>
      )}
    </article>
  );
}

/** Escape and Alt+Left lead back, unless something open takes the key first. */
function useBackKeys(): void {
  const navigation = useNavigation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const back = event.key === 'Escape' || (event.altKey && event.key === 'ArrowLeft');
      if (!back || event.defaultPrevented) return;
      const open = [...document.querySelectorAll(OPEN)].some((each) => each.checkVisibility());
      if (open) return;
      event.preventDefault();
      closeAlbum(navigation);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigation]);
}

const OPEN = '[role="dialog"], [role="menu"], [role="listbox"]';
