import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { Cover } from '../../components/cover.tsx';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror } from '../../context.ts';
import rows from './rows.module.css';
import type { Pages } from './use-pages.ts';

interface RoomListProps<Page> {
  readonly list: Pages<Page>;
  /** What is said of a list with nothing in it. */
  readonly empty: ReactNode;
  readonly isEmpty: boolean;
  /** What the list comes to, told again whenever it changes. */
  readonly sum: string | null;
  readonly children: ReactNode;
}

/** The list of a room in all of its states: asked for, with nothing in it, there, away, longer than what is shown. */
export function RoomList<Page>({ list, empty, isEmpty, sum, children }: RoomListProps<Page>) {
  const { t } = useTranslation();
  if (list.away) {
    return (
      <Empty
        icon={<IconPlugConnectedX size={32} stroke={1.5} />}
        title={t('care.away.title')}
        text={t('care.away.text')}
      />
    );
  }
  return (
    <>
      {list.fault !== null && (
        <FaultNotice fault={list.fault}>
          <Button size="sm" loading={list.busy} onClick={() => void list.reload()}>
            {t('app.tryAgain')}
          </Button>
        </FaultNotice>
      )}
      <div role="status">
        {list.pages === null && list.fault === null && (
          <div className={rows.waiting} aria-busy="true">
            <Loader size="sm" aria-label={t('care.loading')} />
          </div>
        )}
        {list.pages !== null && isEmpty && list.fault === null && empty}
        {list.pages !== null && !isEmpty && <p className={rows.sum}>{sum}</p>}
      </div>
      {list.pages !== null && !isEmpty && children}
      {list.more && (
        <div className={rows.waiting}>
          <Button variant="default" loading={list.busy} onClick={() => void list.loadMore()}>
            {t('care.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** The cover of a row, with a stand-in for an album that is not owned any more. */
export function RowCover({ albumId }: { readonly albumId: AlbumId | null }) {
  const hasCover = useMirror(
    ({ albums }) => albumId !== null && albums.get(albumId)?.hasCover === true,
  );
  return (
    <span className={rows.thumb}>
      <Cover albumId={albumId ?? NO_ALBUM} hasCover={hasCover} />
    </span>
  );
}

const NO_ALBUM = '' as unknown as AlbumId;
