import { Button, Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconExternalLink,
  IconHelpCircle,
  IconPlaylistAdd,
  IconRotate,
  IconShoppingBag,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../src-preload/contract/links.ts';
import { Cover } from '../../components/cover.tsx';
import { useFormats, useNavigation, useSurroundings } from '../../context.ts';
import { openAlbum } from '../../navigation.ts';
import { useCall } from '../../use-call.ts';
import { LinkRest } from './link-rest.tsx';
import styles from './links.module.css';
import { useLinkWords } from './use-link-words.ts';

const ICONS: Readonly<Record<LinkView['state'], ReactNode>> = {
  looking: <Loader size={14} />,
  queued: <IconCircleCheckFilled size={16} aria-hidden="true" />,
  here: <IconCircleCheckFilled size={16} aria-hidden="true" />,
  offer: <IconHelpCircle size={16} stroke={1.9} aria-hidden="true" />,
  'not-owned': <IconShoppingBag size={16} stroke={1.75} aria-hidden="true" />,
  invalid: <IconAlertTriangle size={16} stroke={1.9} aria-hidden="true" />,
  failed: <IconAlertTriangle size={16} stroke={1.9} aria-hidden="true" />,
};

/** One link: what it leads to, what came of it in a sentence, and what can be done now. */
export function LinkCard({ link }: { readonly link: LinkView }) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const dismiss = useCall(bridge.dismissLinks);
  const { sentence, remedy } = useLinkWords()(link);
  const title = link.title ?? link.text;
  const { albumId } = link;
  return (
    <li className={styles.card} data-state={link.state} aria-busy={link.state === 'looking'}>
      <div className={styles.cover}>
        {link.coverAlbumId === null ? (
          <span className={styles.noCover}>
            <IconCircleDashed size={22} stroke={1.4} aria-hidden="true" />
          </span>
        ) : (
          <Cover albumId={link.coverAlbumId} hasCover />
        )}
      </div>
      <div className={styles.words}>
        <h2 className={styles.name} data-plain={link.title === null || undefined}>
          {albumId === null ? (
            title
          ) : (
            <button
              type="button"
              className={styles.albumLink}
              onClick={() => openAlbum(navigation, albumId)}
            >
              {title}
            </button>
          )}
        </h2>
        {(link.artist !== null || link.kind !== null) && (
          <p className={styles.about}>
            {link.kind !== null && <span>{t(`links.kinds.${link.kind}`)}</span>}
            {link.kind !== null && link.artist !== null && ' · '}
            {link.artist}
          </p>
        )}
        <p className={styles.sentence}>
          {ICONS[link.state]}
          <span>{sentence}</span>
        </p>
        {remedy !== null && <p className={styles.remedy}>{remedy}</p>}
        <LinkActions link={link} title={title} />
        {link.rest.length > 0 && <LinkRest link={link} />}
      </div>
      <button
        type="button"
        className={styles.dismiss}
        aria-label={t('links.dismissOne', { title })}
        title={t('links.dismiss')}
        disabled={dismiss.busy}
        onClick={() => void dismiss.start({ linkIds: [link.id] })}
      >
        <IconX size={16} stroke={1.75} aria-hidden="true" />
      </button>
    </li>
  );
}

function LinkActions({ link, title }: { readonly link: LinkView; readonly title: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const queue = useCall(bridge.queueLink);
  const shop = useCall(bridge.openShop);
  const again = useLookAgain(link);
  const offersOwned = link.state === 'offer' && link.tracksOwned > 0;
  const inShop = link.inShop && (link.state === 'not-owned' || link.state === 'offer');
  if (!offersOwned && !inShop && !link.offersAlbum && link.state !== 'failed') return null;
  return (
    <div className={styles.cardActions}>
      {offersOwned && (
        <Button
          size="sm"
          leftSection={<IconPlaylistAdd size={18} stroke={1.75} />}
          loading={queue.busy}
          onClick={() => void queue.start({ linkId: link.id })}
        >
          {t('links.queueOwned', {
            count: link.tracksOwned,
            amount: formats.count(link.tracksOwned),
          })}
        </Button>
      )}
      {link.offersAlbum && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlaylistAdd size={18} stroke={1.75} />}
          loading={queue.busy}
          onClick={() => void queue.start({ linkId: link.id })}
        >
          {t('links.queueAlbum')}
        </Button>
      )}
      {inShop && (
        <Button
          size="sm"
          variant="default"
          rightSection={<IconExternalLink size={16} stroke={1.75} />}
          loading={shop.busy}
          aria-label={t('links.shopOf', { title })}
          onClick={() => void shop.start({ linkId: link.id, item: null })}
        >
          {t('links.shop')}
        </Button>
      )}
      {link.state === 'failed' && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconRotate size={16} stroke={1.75} />}
          loading={again.busy}
          onClick={() => void again.start()}
        >
          {t('app.tryAgain')}
        </Button>
      )}
    </div>
  );
}

/** Looks a link up again that could not be looked up; it takes the place of the old result. */
function useLookAgain(link: LinkView) {
  const { bridge } = useSurroundings();
  const add = useCall(bridge.addLinks);
  const dismiss = useCall(bridge.dismissLinks);
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    // First out, then in again: a link that is in the list already might be taken for the same one.
    const gone = await dismiss.start({ linkIds: [link.id] });
    if (gone !== undefined) await add.start({ text: link.text });
    setBusy(false);
  };
  return { start, busy };
}
