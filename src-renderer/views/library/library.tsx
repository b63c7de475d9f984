import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCloudOff, IconDisc } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import {
  filterCounts,
  filteredOrder,
  LIBRARY_FILTERS,
  type LibraryFilter,
} from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { AlbumGrid } from './album-grid.tsx';
import { Freshness } from './freshness.tsx';
import styles from './library.module.css';

const isFilter = (value: string): value is LibraryFilter =>
  LIBRARY_FILTERS.some((filter) => filter === value);

/** Everything the account bought, covers first. */
export function Library() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const [filter, setFilter] = useState<LibraryFilter>('all');
  const albums = useMirror((mirror) => mirror.albums);
  const albumOrder = useMirror((mirror) => mirror.albumOrder);
  const purchases = useMirror((mirror) => mirror.purchases);
  const refresh = useCall(bridge.refreshPurchases);
  const openPage = useCall(bridge.openPage);
  const counts = useMemo(() => filterCounts(albums), [albums]);
  const shown = useMemo(
    () => filteredOrder({ albums, albumOrder }, filter),
    [albums, albumOrder, filter],
  );
  const again = (
    <Button size="sm" loading={refresh.busy} onClick={() => void refresh.start()}>
      {t('app.tryAgain')}
    </Button>
  );
  const failure = purchases.state === 'failed' ? purchases.error : null;
  const waiting = purchases.state === 'loading' || purchases.state === 'unknown';

  if (albums.size === 0 && failure !== null) {
    const offline = failure.code === 'OFFLINE';
    return offline ? (
      <Empty
        page
        icon={<IconCloudOff size={32} stroke={1.5} />}
        title={t('library.offline.title')}
        text={t('library.offline.text')}
      >
        {again}
      </Empty>
    ) : (
      <FaultNotice fault={failure}>{again}</FaultNotice>
    );
  }
  if (albums.size === 0 && !waiting) {
    return (
      <Empty
        page
        icon={<IconDisc size={32} stroke={1.5} />}
        title={t('library.empty.title')}
        text={t('library.empty.text')}
      >
        <Button onClick={() => void openPage.start({ page: 'qobuz-purchases' })}>
          {t('account.onQobuz')}
        </Button>
        <Button variant="default" loading={refresh.busy} onClick={() => void refresh.start()}>
          {t('library.refresh')}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('library.title')}</h1>
          <Freshness />
        </div>
        {albums.size > 0 && (
          <SegmentedControl
            value={filter}
            aria-label={t('library.filter')}
            withItemsBorders={false}
            onChange={(value) => {
              if (isFilter(value)) setFilter(value);
            }}
            data={LIBRARY_FILTERS.map((value) => ({
              value,
              label: (
                <span className={styles.filter}>
                  {t(`library.filters.${value}`)}
                  <span className={styles.filterCount}>{formats.count(counts[value])}</span>
                </span>
              ),
            }))}
          />
        )}
      </div>
      {failure !== null && (
        <div className={styles.notice}>
          <FaultNotice fault={failure}>{again}</FaultNotice>
        </div>
      )}
      {purchases.oddRows > 0 && (
        <div className={styles.notice}>
          <Notice
            tone="warn"
            icon={<IconAlertTriangle size={20} stroke={1.75} />}
            title={t('library.oddRows', { count: purchases.oddRows })}
          />
        </div>
      )}
      {albums.size === 0 ? (
        <Waiting />
      ) : shown.length === 0 ? (
        <Empty
          icon={<IconCircleCheck size={32} stroke={1.5} />}
          title={t('library.nothing.title')}
          text={t('library.nothing.text')}
        >
          <Button variant="default" onClick={() => setFilter('all')}>
            {t('library.showAll')}
          </Button>
        </Empty>
      ) : (
        <AlbumGrid ids={shown} />
      )}
    </>
  );
}

const PLACES = Array.from({ length: 12 }, (_, place) => place);

/** Empty places while the first listing is on its way. */
function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting} role="status" aria-label={t('library.loading')}>
      {PLACES.map((place) => (
        <div key={place} className={styles.ghost} />
      ))}
    </div>
  );
}
