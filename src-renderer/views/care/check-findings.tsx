import { ActionIcon, Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyFinding } from '../../../src-preload/contract/album-view.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import { Cover } from '../../components/cover.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useFramePlace } from '../shell/frame.ts';
import styles from './check.module.css';
import { type FindingRow, findingRows } from './finding-rows.ts';
import { type FetchAgain, isFetchable } from './use-fetch-again.ts';

const HEIGHTS = { album: 72, file: 52 } as const satisfies Record<FindingRow['kind'], number>;

interface CheckFindingsProps {
  readonly findings: readonly VerifyFinding[];
  readonly again: FetchAgain;
}

/** What a check found, by album; only the rows in sight are there. */
export function CheckFindings({ findings, again }: CheckFindingsProps) {
  const { t } = useTranslation();
  const rows = useMemo(() => findingRows(findings), [findings]);
  const { getFrame, offset, listRef } = useFramePlace();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: getFrame,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'file'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: offset,
  });
  return (
    <ul
      ref={listRef}
      className={styles.list}
      style={{ height: virtualizer.getTotalSize() }}
      aria-label={t('care.check.findings')}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={styles.row}
            style={{ transform: `translateY(${item.start - offset}px)` }}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
          >
            {row.kind === 'album' ? (
              <AlbumHead albumId={row.albumId} findings={row.findings} again={again} />
            ) : (
              <FileRow finding={row.finding} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface AlbumHeadProps {
  readonly albumId: AlbumId;
  readonly findings: readonly VerifyFinding[];
  readonly again: FetchAgain;
}

const AlbumHead = memo(function AlbumHead({ albumId, findings, again }: AlbumHeadProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const album = useMirror((mirror) => mirror.albums.get(albumId));
  const show = useCall(bridge.showInFolder);
  const title = album ? displayAlbumTitle(album) : (findings[0]?.albumTitle ?? '');
  const count = findings.length;
  const done = album?.status === 'synced' || album?.status === 'syncing';
  return (
    <div className={styles.album}>
      <div className={styles.thumb}>
        <Cover albumId={albumId} hasCover={album?.hasCover ?? false} />
      </div>
      <div>
        <h2 className={styles.albumTitle}>{title}</h2>
        <p className={styles.albumText}>
          {[album?.artist, t('care.check.files', { count, amount: formats.count(count) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className={styles.albumActions}>
        {findings.some(isFetchable) && (
          <Button
            size="compact-sm"
            variant="light"
            disabled={again.obstacle !== null || done}
            aria-label={t('care.check.againOf', { title })}
            onClick={() => again.start(albumId)}
          >
            {t('verify.again')}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          aria-label={t('care.check.showOf', { title })}
          title={t('app.showInFolder')}
          onClick={() => void show.start({ albumId })}
        >
          <IconFolderOpen size={18} stroke={1.75} />
        </ActionIcon>
      </div>
    </div>
  );
});

/** One file; says when a sync has brought it back since. */
function FileRow({ finding }: { readonly finding: VerifyFinding }) {
  const { t } = useTranslation();
  const { albumId, title, path, problem } = finding;
  const status = useMirror((mirror) => mirror.albums.get(albumId)?.status);
  const healed = status === 'synced' && isFetchable(finding);
  return (
    <div className={styles.file}>
      <span className={styles.fileTitle}>{title}</span>
      <span className={styles.problem} data-healed={healed || undefined}>
        {healed ? t('care.check.healed') : t(`verify.problems.${problem}`)}
      </span>
      <span className={styles.filePath}>{path}</span>
    </div>
  );
}
