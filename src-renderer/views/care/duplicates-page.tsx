import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DuplicateGroup, DuplicateMember } from '../../../src-preload/contract/editions.ts';
import { qualityName } from '../../../src-preload/contract/quality.ts';
import { Empty } from '../../components/empty.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { HeldButton, HoldNotice } from './held-button.tsx';
import { RoomHead } from './room-head.tsx';
import { RoomList, RowCover } from './room-list.tsx';
import rows from './rows.module.css';
import { useHold } from './use-hold.ts';
import { type Pages, usePages } from './use-pages.ts';

/** Recordings and albums that lie there several times, for a person to decide about. */
export function DuplicatesPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const list = usePages(bridge.getDuplicates);
  const hold = useHold();
  const first = list.pages?.[0];
  const groups = (list.pages ?? []).flatMap((page) => page.groups);
  const sum = first ? { count: first.total, amount: formats.count(first.total) } : null;
  return (
    <>
      <RoomHead room="duplicates" />
      <HoldNotice hold={list.away || groups.length === 0 ? null : hold} />
      <RoomList
        list={list}
        isEmpty={groups.length === 0}
        sum={sum && t('care.duplicates.sum', sum)}
        empty={
          <Empty
            icon={<IconCopy size={32} stroke={1.5} />}
            title={t('care.duplicates.nothing.title')}
            text={t('care.duplicates.nothing.text')}
          />
        }
      >
        <ul className={rows.list}>
          {groups.map((group) => (
            <Group key={group.key} group={group} list={list} />
          ))}
        </ul>
      </RoomList>
    </>
  );
}

interface GroupProps {
  readonly group: DuplicateGroup;
  readonly list: Pages<unknown>;
}

function Group({ group, list }: GroupProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const settle = useCall(bridge.settleDuplicate);
  const hold = useHold();
  const answer = (aside: DuplicateMember | null) =>
    void settle
      .start({
        key: group.key,
        aside: aside && { albumId: aside.albumId, trackId: aside.trackId },
      })
      .then(() => list.reload());
  return (
    <li className={rows.group}>
      <ul aria-label={group.members[0]?.title ?? ''}>
        {group.members.map((member) => (
          <li key={`${member.albumId}/${member.trackId}`} className={rows.row}>
            <Member member={member} busy={settle.busy} onAside={() => answer(member)} />
          </li>
        ))}
      </ul>
      <div className={rows.groupEnd}>
        <HeldButton
          hold={hold}
          size="compact-sm"
          variant="subtle"
          loading={settle.busy}
          onClick={() => answer(null)}
        >
          {t('care.duplicates.keepAll')}
        </HeldButton>
      </div>
    </li>
  );
}

interface MemberProps {
  readonly member: DuplicateMember;
  readonly busy: boolean;
  readonly onAside: () => void;
}

function Member({ member, busy, onAside }: MemberProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const hold = useHold();
  const { title, artist, albumTitle, trackId, tracks, path } = member;
  const about = trackId === null ? [artist] : [artist, albumTitle];
  const facts = [
    qualityName(member.quality),
    formats.bytes(member.bytes),
    trackId === null ? t('care.tracks', { count: tracks, amount: formats.count(tracks) }) : null,
  ];
  return (
    <>
      <RowCover albumId={member.albumId} />
      <div className={rows.words}>
        <span className={rows.title}>{title}</span>
        <span className={rows.text}>{about.filter((word) => word !== '').join(' – ')}</span>
        <span className={rows.text}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
        <span className={rows.text}>{path}</span>
        {member.better && <span className={rows.better}>{t('care.duplicates.better')}</span>}
      </div>
      <div className={rows.actions}>
        <HeldButton
          hold={hold}
          size="compact-sm"
          variant="default"
          aria-label={t('care.duplicates.asideOne', { path })}
          disabled={busy}
          onClick={onAside}
        >
          {t('care.duplicates.aside')}
        </HeldButton>
      </div>
    </>
  );
}
