import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { qualityName } from '../../../src-preload/contract/quality.ts';
import type { SetAsideView } from '../../../src-preload/contract/set-aside.ts';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './care.module.css';
import { HeldButton, HoldNotice } from './held-button.tsx';
import { RoomHead } from './room-head.tsx';
import { RoomList, RowCover } from './room-list.tsx';
import rows from './rows.module.css';
import { useHold } from './use-hold.ts';
import { type Pages, usePages } from './use-pages.ts';

/** What is to be deleted: one file, or all of them (null). */
interface Asked {
  readonly entry: SetAsideView | null;
  readonly files: number;
  readonly bytes: number;
}

/** What was replaced or set aside: looked through, brought back, and deleted when somebody says so twice. */
export function SetAsidePage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const list = usePages(bridge.getSetAside);
  const hold = useHold();
  const [asked, setAsked] = useState<Asked | null>(null);
  const first = list.pages?.[0];
  const entries = (list.pages ?? []).flatMap((page) => page.entries);
  const sum = first
    ? {
        count: first.total,
        amount: formats.count(first.total),
        size: formats.bytes(first.totalBytes),
      }
    : null;
  return (
    <>
      <RoomHead room="set-aside">
        {first !== undefined && first.total > 0 && (
          <HeldButton
            hold={hold}
            variant="default"
            disabled={list.away}
            onClick={() => setAsked({ entry: null, files: first.total, bytes: first.totalBytes })}
          >
            {t('care.setAside.empty')}
          </HeldButton>
        )}
      </RoomHead>
      <HoldNotice hold={list.away || entries.length === 0 ? null : hold} />
      <RoomList
        list={list}
        isEmpty={entries.length === 0}
        sum={sum && t('care.setAside.sum', sum)}
        empty={
          <Empty
            icon={<IconArchive size={32} stroke={1.5} />}
            title={t('care.setAside.nothing.title')}
            text={t('care.setAside.nothing.text')}
          />
        }
      >
        <ul className={rows.list}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} list={list} onDelete={setAsked} />
          ))}
        </ul>
      </RoomList>
      <Confirm asked={asked} list={list} onClose={() => setAsked(null)} />
    </>
  );
}

interface EntryProps {
  readonly entry: SetAsideView;
  readonly list: Pages<unknown>;
  readonly onDelete: (asked: Asked) => void;
}

function Entry({ entry, list, onDelete }: EntryProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const restore = useCall(bridge.restoreSetAside);
  const hold = useHold();
  const show = useCall(bridge.showInFolder);
  const { id, title, artist, albumTitle, reason, bytes, atMs } = entry;
  const bringBack = async (): Promise<void> => {
    const back = await restore.start({ ids: [id] });
    if (back !== undefined) {
      notifications.show({
        id: 'restored',
        title: t('care.setAside.restored', { title }),
        message: t('care.setAside.restoredText'),
        closeButtonProps: { 'aria-label': t('app.close') },
      });
    }
    await list.reload();
  };
  const about = [artist, albumTitle].filter((word) => word !== '');
  const facts = [qualityName(entry.quality), formats.bytes(bytes), formats.moment(atMs)];
  return (
    <li className={rows.row}>
      <RowCover albumId={entry.albumId} />
      <div className={rows.words}>
        <span className={rows.title}>{title}</span>
        {about.length > 0 && <span className={rows.text}>{about.join(' – ')}</span>}
        <span className={rows.text}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
        <span className={rows.text}>
          {reason === null
            ? t('care.setAside.unknownReason')
            : t(`care.setAside.reasons.${reason}`)}
        </span>
      </div>
      <div className={rows.actions}>
        <HeldButton
          hold={hold}
          size="compact-sm"
          variant="light"
          aria-label={t('care.setAside.restoreOne', { title })}
          loading={restore.busy}
          onClick={() => void bringBack()}
        >
          {t('care.setAside.restore')}
        </HeldButton>
        <Button
          size="compact-sm"
          variant="default"
          loading={show.busy}
          onClick={() => void show.start({ setAsideId: id })}
        >
          {t('app.showInFolder')}
        </Button>
        <HeldButton
          hold={hold}
          size="compact-sm"
          variant="subtle"
          color="clay"
          aria-label={t('care.setAside.deleteOne', { title })}
          onClick={() => onDelete({ entry, files: 1, bytes })}
        >
          {t('care.setAside.delete')}
        </HeldButton>
      </div>
    </li>
  );
}

interface ConfirmProps {
  readonly asked: Asked | null;
  readonly list: Pages<unknown>;
  readonly onClose: () => void;
}

/** The one place where Crateful deletes music, and the question before it. */
function Confirm({ asked, list, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const empty = useCall(bridge.emptySetAside, 'keep');
  const remove = async (entry: SetAsideView | null): Promise<void> => {
    const stayed = await empty.start({ ids: entry === null ? null : [entry.id] });
    if (stayed === undefined) return;
    onClose();
    await list.reload();
  };
  const what = asked && {
    count: asked.files,
    amount: formats.count(asked.files),
    size: formats.bytes(asked.bytes),
  };
  return (
    <Modal
      opened={asked !== null}
      onClose={onClose}
      title={t('care.setAside.confirm.title')}
      size={460}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={rows.asking}>
        {empty.fault !== null && <FaultNotice fault={empty.fault} />}
        {what && <p>{t('care.setAside.confirm.text', what)}</p>}
        <div className={styles.headActions}>
          <Button
            color="clay.6"
            loading={empty.busy}
            onClick={() => asked !== null && void remove(asked.entry)}
          >
            {t('care.setAside.confirm.delete')}
          </Button>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
