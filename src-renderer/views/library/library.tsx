import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudOff,
  IconDisc,
  IconSearchOff,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { NO_FILTER } from '../../store/library.ts';
import { useCall } from '../../use-call.ts';
import { AlbumGrid } from './album-grid.tsx';
import { AlbumTable } from './album-table.tsx';
import styles from './library.module.css';
import { LibraryHead } from './library-head.tsx';
import { NO_SELECTION } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useShown } from './use-shown.ts';
import { useVerifyNotice } from './use-verify-notice.ts';
import { VerifyNotice } from './verify-notice.tsx';

/** Everything the account bought, as covers or as a table. */
export function Library() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const size = useMirror((mirror) => mirror.albums.size);
  const purchases = useMirror((mirror) => mirror.purchases);
  const refresh = useCall(bridge.refreshPurchases);
  const openPage = useCall(bridge.openPage);
  const again = (
    <Button size="sm" loading={refresh.busy} onClick={() => void refresh.start()}>
      {t('app.tryAgain')}
    </Button>
  );
  const failure = purchases.state === 'failed' ? purchases.error : null;
  const waiting = purchases.state === 'loading' || purchases.state === 'unknown';

  if (size === 0 && failure !== null) {
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
  if (size === 0 && !waiting) {
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
  if (size === 0) return <Waiting />;
  return (
    <Albums>
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
    </Albums>
  );
}

/** The albums, the ways to find some of them, and what can be done with those that are chosen. */
function Albums({ children }: { readonly children: ReactNode }) {
  const view = useMirror(({ settings }) => settings.libraryView);
  const [focusWanted, setFocusWanted] = useState(0);
  const [verify, dismiss] = useVerifyNotice();
  const shown = useShown();
  const { place, change, search } = shown;
  const list = {
    ids: shown.ids,
    trackHits: search.tracks,
    selection: place.selection,
    onSelect: shown.onSelect,
    focusWanted,
  };
  return (
    <>
      <LibraryHead
        typed={place.typed}
        onType={(typed) => change({ typed, searchSort: typed === '' ? null : place.searchSort })}
        onLeaveSearch={() => setFocusWanted((count) => count + 1)}
        query={search.query}
        hits={shown.ids.length}
        filter={place.filter}
        counts={shown.counts}
        onFilter={(filter) => change({ filter })}
        sort={shown.sort}
        onSort={shown.onSort}
      />
      {children}
      {verify !== null && (
        <div className={styles.notice}>
          <VerifyNotice verify={verify} onDismiss={dismiss} />
        </div>
      )}
      {search.fault !== null ? (
        <FaultNotice fault={search.fault} />
      ) : shown.ids.length === 0 ? (
        <Nothing
          query={search.query}
          found={search.albumIds.length}
          onClear={(part) =>
            change(part === 'filter' ? { filter: NO_FILTER } : { typed: '', searchSort: null })
          }
        />
      ) : view === 'table' ? (
        <AlbumTable {...list} sort={shown.sort} onSort={shown.onSort} />
      ) : (
        <AlbumGrid {...list} />
      )}
      {shown.selected.length > 0 && (
        <SelectionBar
          albums={shown.selected}
          onClear={() => {
            change({ selection: NO_SELECTION });
            setFocusWanted((count) => count + 1);
          }}
        />
      )}
    </>
  );
}

interface NothingProps {
  readonly query: string | null;
  /** How many albums the search found before the filter hid them. */
  readonly found: number;
  readonly onClear: (part: 'search' | 'filter') => void;
}

/** Why no album is shown, and how to see some again. */
function Nothing({ query, found, onClear }: NothingProps) {
  const { t } = useTranslation();
  const hidden = query === null || found > 0;
  const Icon = query === null ? IconCircleCheck : IconSearchOff;
  return (
    <Empty
      icon={<Icon size={32} stroke={1.5} />}
      title={query === null ? t('library.nothing.title') : t('library.search.none.title')}
      text={
        query === null
          ? t('library.nothing.text')
          : hidden
            ? t('library.search.none.filtered', { query })
            : t('library.search.none.text', { query })
      }
    >
      {hidden && (
        <Button variant="default" onClick={() => onClear('filter')}>
          {t('library.showAll')}
        </Button>
      )}
      {query !== null && (
        <Button variant="default" onClick={() => onClear('search')}>
          {t('library.search.clear')}
        </Button>
      )}
    </Empty>
  );
}

const PLACES = Array.from({ length: 12 }, (_, place) => place);

/** Empty places while the first listing is on its way. */
function Waiting() {
  const { t } = useTranslation();
  return (
    <>
      <h1 className={styles.title}>{t('library.title')}</h1>
      <p className={styles.waitingWords} role="status">
        {t('library.loading')}
      </p>
      <div className={styles.waiting} aria-hidden="true">
        {PLACES.map((place) => (
          <div key={place} className={styles.ghost} />
        ))}
      </div>
    </>
  );
}
