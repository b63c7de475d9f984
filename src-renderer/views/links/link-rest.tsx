import { IconChevronRight, IconExternalLink } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../src-preload/contract/links.ts';
import { Cover } from '../../components/cover.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './links.module.css';

/** How many are shown before somebody asks for all. */
const FIRST = 20;

/** What of a playlist, artist or label is not owned, each with its way to the shop. */
export function LinkRest({ link }: { readonly link: LinkView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const shop = useCall(bridge.openShop);
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const shown = all ? link.rest : link.rest.slice(0, FIRST);
  const missing = Math.max(link.rest.length, link.tracksTotal - link.tracksOwned);
  return (
    <div className={styles.rest}>
      <button
        type="button"
        className={styles.unfold}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} stroke={2} aria-hidden="true" />
        {t('links.rest', { count: missing, amount: formats.count(missing) })}
      </button>
      {open && (
        <ul className={styles.restList} id={listId}>
          {shown.map((item) => (
            <li key={item.index} className={styles.restItem}>
              <span className={styles.restCover}>
                <Cover albumId={item.albumId} hasCover />
              </span>
              <span className={styles.restWords}>
                <span className={styles.restTitle}>{item.title}</span>
                <span className={styles.restArtist}>
                  {item.albumTitle === null ? item.artist : `${item.artist} · ${item.albumTitle}`}
                </span>
              </span>
              <button
                type="button"
                className={styles.shopLink}
                aria-label={t('links.shopOf', { title: item.title })}
                onClick={() => void shop.start({ linkId: link.id, item: item.index })}
              >
                {t('links.shop')}
                <IconExternalLink size={14} stroke={1.75} aria-hidden="true" />
              </button>
            </li>
          ))}
          {shown.length < link.rest.length && (
            <li>
              <button type="button" className={styles.unfold} onClick={() => setAll(true)}>
                {t('links.showAll', { amount: formats.count(link.rest.length) })}
              </button>
            </li>
          )}
          {all && missing > link.rest.length && (
            <li className={styles.about}>
              {t('links.restCapped', { amount: formats.count(link.rest.length) })}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
