import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { libraryCounts } from '../../store/library.ts';
import { useCall } from '../../use-call.ts';
import { useNow } from '../../use-now.ts';
import styles from './library.module.css';

const EVERY_MS = 30_000;

/** How many albums there are, how fresh the list is, and the way to renew it. */
export function Freshness() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const albums = useMirror((mirror) => mirror.albums);
  const purchases = useMirror((mirror) => mirror.purchases);
  const now = useNow(EVERY_MS);
  const refresh = useCall(bridge.refreshPurchases);
  const { presets, statuses } = useMemo(() => libraryCounts(albums), [albums]);
  const { 'to-sync': toSync, attention } = presets;
  const loading = purchases.state === 'loading' || purchases.state === 'unknown';
  const parts = [
    t('library.albums', { count: albums.size, amount: formats.count(albums.size) }),
    toSync > 0 && t('library.toSync', { count: toSync, amount: formats.count(toSync) }),
    attention > 0 && t('library.needLook', { count: attention, amount: formats.count(attention) }),
    statuses.skipped > 0 &&
      t('library.skipped', { count: statuses.skipped, amount: formats.count(statuses.skipped) }),
    toSync + attention + statuses.skipped === 0 && t('library.allSynced'),
    loading
      ? t('library.loading')
      : purchases.listedAtMs === null
        ? ''
        : t('library.listed', { ago: formats.ago(Math.min(purchases.listedAtMs, now), now) }),
  ];
  return (
    <div className={styles.fresh}>
      <span>{(albums.size === 0 ? parts.slice(-1) : parts).filter(Boolean).join(' · ')}</span>
      <Tooltip label={t('library.refresh')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('library.refresh')}
          loading={refresh.busy || purchases.state === 'loading'}
          onClick={() => void refresh.start()}
        >
          <IconRefresh size={15} stroke={1.9} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
