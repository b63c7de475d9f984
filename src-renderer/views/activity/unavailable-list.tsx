import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../../src-preload/contract/ids.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { usePreview } from '../preview/use-preview.ts';
import { useReason } from '../preview/use-reason.ts';
import styles from './activity.module.css';

/** What the plan says cannot be had, with the reason of each; asked for when the tile is opened. */
export function UnavailableList({ runId }: { readonly runId: RunId }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const albums = useMirror((mirror) => mirror.albums);
  const jobs = useMirror((mirror) => mirror.jobs);
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
  const items = (preview?.albums ?? [])
    .flatMap((album) => album.items)
    .filter(
      (item) =>
        item.action === 'unavailable' &&
        item.kind === 'track' &&
        !jobs.get(item.albumId)?.some((job) => job.trackId === item.trackId),
    );
  if (items.length === 0) return null;
  return (
    <ul className={styles.unavailable} aria-label={t('activity.tiles.unavailable')}>
      {items.map((item) => (
        <li key={`${item.albumId}/${item.trackId}/${item.path}`} className={styles.missing}>
          <span className={styles.jobTitle}>{item.title}</span>
          <span className={styles.albumArtist}>{albums.get(item.albumId)?.title}</span>
          <span className={styles.missingReason}>{reason(item)}</span>
        </li>
      ))}
    </ul>
  );
}
