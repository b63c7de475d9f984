import {
  IconAlertTriangle,
  IconCalendarTime,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleOff,
  IconLock,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumStatus as Status } from '../../src-preload/contract/states.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import { useFormats } from '../context.ts';
import styles from './album-status.module.css';

const ICONS: Readonly<Record<Status, typeof IconLock>> = {
  synced: IconCircleCheckFilled,
  partly: IconCircleHalf2,
  'not-synced': IconCircleDashed,
  syncing: IconRefresh,
  'pre-order': IconCalendarTime,
  withheld: IconLock,
  'needs-attention': IconAlertTriangle,
  skipped: IconCircleOff,
};

/** Where an album stands, as a mark and a word or two. */
export function AlbumStatus({ album }: { readonly album: AlbumSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Icon = ICONS[album.status];
  // The lock says why it is not more.
  const shown = album.status === 'withheld' && album.tracksDone > 0 ? 'partly' : album.status;
  return (
    <span className={styles.status} data-status={album.status}>
      <Icon size={15} stroke={1.9} aria-hidden="true" />
      <span>
        {t(`states.album.${shown}`, {
          done: formats.count(album.tracksDone),
          total: formats.count(album.tracksTotal),
        })}
      </span>
    </span>
  );
}
