import { Button } from '@mantine/core';
import { IconCloudOff, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumOffer, TrackOfferView } from '../../../src-preload/contract/editions.ts';
import type { TrackId } from '../../../src-preload/contract/ids.ts';
import { qualityName } from '../../../src-preload/contract/quality.ts';
import { Empty } from '../../components/empty.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { RoomHead } from './room-head.tsx';
import { RoomList, RowCover } from './room-list.tsx';
import rows from './rows.module.css';
import { useObstacle } from './use-obstacle.ts';
import { type Pages, usePages } from './use-pages.ts';

/** Better editions of what is on disk, for a person to accept or not. */
export function EditionsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const list = usePages(bridge.getOffers);
  const accept = useCall(bridge.acceptOffers);
  const obstacle = useObstacle();
  const first = list.pages?.[0];
  const albums = (list.pages ?? []).flatMap((page) => page.albums);
  const sum = first
    ? {
        count: first.tracksOpen,
        amount: formats.count(first.tracksOpen),
        size: formats.size(first.bytesOpen, true),
      }
    : null;
  return (
    <>
      <RoomHead room="editions">
        {first !== undefined && first.tracksOpen > 0 && (
          <Button
            disabled={obstacle !== null}
            loading={accept.busy}
            onClick={() => void accept.start({ scope: null }).then(() => list.reload())}
          >
            {t('care.editions.acceptAll')}
          </Button>
        )}
      </RoomHead>
      {obstacle !== null && !list.away && albums.length > 0 && (
        <div className={rows.said}>
          <Notice
            tone="quiet"
            role="status"
            icon={<IconCloudOff size={20} stroke={1.75} />}
            title={
              obstacle === 'offline' ? t('care.editions.offline') : t(`copy.obstacles.${obstacle}`)
            }
          />
        </div>
      )}
      <RoomList
        list={list}
        isEmpty={albums.length === 0}
        sum={
          sum && (sum.count === 0 ? t('care.editions.sumAccepted') : t('care.editions.sum', sum))
        }
        empty={
          <Empty
            icon={<IconSparkles size={32} stroke={1.5} />}
            title={t('care.editions.nothing.title')}
            text={t('care.editions.nothing.text')}
          />
        }
      >
        <ul className={rows.list}>
          {albums.map((offer) => (
            <Offer key={offer.albumId} offer={offer} list={list} />
          ))}
        </ul>
      </RoomList>
    </>
  );
}

/** What tracks are and become, once for those that are alike. */
const changes = (tracks: readonly TrackOfferView[]): readonly string[] => [
  ...new Set(
    tracks.map(({ from, to }) => `${qualityName(from) ?? '?'} → ${qualityName(to) ?? '?'}`),
  ),
];

interface OfferProps {
  readonly offer: AlbumOffer;
  readonly list: Pages<unknown>;
}

function Offer({ offer, list }: OfferProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const accept = useCall(bridge.acceptOffers);
  const dismiss = useCall(bridge.dismissOffers);
  const obstacle = useObstacle();
  const [open, setOpen] = useState(false);
  const { albumId, albumTitle, artist, tracks } = offer;
  const isOpen = tracks.some(({ accepted }) => !accepted);
  const bytes = tracks.reduce((sum, track) => sum + track.bytes, 0);
  const counted = { count: tracks.length, amount: formats.count(tracks.length) };
  const facts = [t('care.tracks', counted), ...changes(tracks), formats.size(bytes, true)];
  const answer = (call: typeof accept | typeof dismiss, trackIds: TrackId[] | null) =>
    void call.start({ scope: [{ albumId, trackIds }] }).then(() => list.reload());
  return (
    <li className={rows.row}>
      <RowCover albumId={albumId} />
      <div className={rows.words}>
        <span className={rows.title}>{albumTitle}</span>
        <span className={rows.text}>{artist}</span>
        <span className={rows.text}>{facts.join(' · ')}</span>
        {!isOpen && <span className={rows.better}>{t('care.editions.accepted')}</span>}
      </div>
      <div className={rows.actions}>
        {isOpen && (
          <Button
            size="compact-sm"
            variant="light"
            aria-label={t('care.editions.acceptOne', { title: albumTitle })}
            disabled={obstacle !== null}
            loading={accept.busy}
            onClick={() => answer(accept, null)}
          >
            {t('care.editions.accept')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('care.editions.dismissOne', { title: albumTitle })}
          loading={dismiss.busy}
          onClick={() => answer(dismiss, null)}
        >
          {t('care.editions.dismiss')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('care.editions.tracks')}
        </Button>
      </div>
      {open && (
        <ul className={rows.tracks}>
          {tracks.map((track) => (
            <li key={track.trackId} className={rows.track}>
              <span>{track.title}</span>
              <span className={rows.text}>
                {[...changes([track]), formats.size(track.bytes, true)].join(' · ')}
              </span>
              {track.accepted ? (
                <span className={rows.better}>{t('care.editions.accepted')}</span>
              ) : (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('care.editions.acceptOne', { title: track.title })}
                  disabled={obstacle !== null}
                  onClick={() => answer(accept, [track.trackId])}
                >
                  {t('care.editions.accept')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
