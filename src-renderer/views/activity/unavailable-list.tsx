import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../../src-preload/contract/ids.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { unavailableGroups } from '../preview/plan-rows.ts';
import { usePreview } from '../preview/use-preview.ts';
import { useReason } from '../preview/use-reason.ts';
import styles from './queue.module.css';

const titleOf = (album: AlbumSummary | undefined): string | undefined =>
  album && displayAlbumTitle(album);

/** What the plan says cannot be had, with the reason of each; asked for when the tile is opened. */
export function UnavailableList({ runId }: { readonly runId: RunId }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const albums = useMirror((mirror) => mirror.albums);
  const jobs = useMirror((mirror) => mirror.jobs);
  const formats = useFormats();
  const reason = useReason();
  const { preview, fault, load } = usePreview(bridge);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another plan
  useEffect(() => void load(), [load, runId]);
  if (fault !== null) {
    return (
      <div className={styles.notices}>
        <FaultNotice fault={fault}>
          <Button size="sm" onClick={() => void load()}>
            {t('app.tryAgain')}
          </Button>
        </FaultNotice>
      </div>
    );
  }
  const groups = unavailableGroups(preview?.albums ?? [], jobs);
  if (groups.length === 0) return null;
  return (
    <ul className={styles.unavailable} aria-label={t('queue.tiles.unavailable')}>
      {groups.map(([first, ...others]) => (
        <li key={`${first.albumId}/${first.reason}/${first.path}`} className={styles.missing}>
          <span className={styles.albumTitle}>
            {titleOf(albums.get(first.albumId)) ?? first.title}
          </span>
          <span className={styles.missingFiles}>
            {others.length === 0
              ? first.title
              : t('queue.files', {
                  count: others.length + 1,
                  amount: formats.count(others.length + 1),
                })}
          </span>
          <span className={styles.missingReason}>{reason(first)}</span>
        </li>
      ))}
    </ul>
  );
}
