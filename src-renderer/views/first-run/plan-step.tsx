import { Button, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { usePreview } from '../preview/use-preview.ts';
import styles from './first-run.module.css';

/** The plan's size, before anything starts. */
export function PlanStep({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const navigation = useNavigation();
  const { preview, fault, busy, load } = usePreview(bridge);
  const listed = useMirror(({ purchases }) => purchases.listedAtMs);
  const known = useMirror(({ albums }) => albums.size);
  const obstacle = useMirror(syncObstacle);
  const update = useCall(bridge.updateSettings);
  const begin = useCall(bridge.startSync);
  // Asked again when the listing changes, and until every track list is known.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new listing or more albums make another plan
  useEffect(() => void load(), [load, listed, known]);

  const end = async (page: 'activity' | 'library'): Promise<void> => {
    if ((await update.start({ setupStep: 'done' })) === undefined) return;
    goTo(navigation, page);
    if (page === 'activity') void begin.start(undefined);
  };
  return (
    <>
      <h1 className={styles.title} tabIndex={-1}>
        {t('setup.plan.title')}
      </h1>
      <p className={styles.lead}>{t('setup.plan.text')}</p>
      {fault !== null && (
        <FaultNotice fault={fault}>
          <Button size="sm" variant="default" loading={busy} onClick={() => void load()}>
            {t('app.tryAgain')}
          </Button>
        </FaultNotice>
      )}
      <div className={styles.plan} role="status" aria-busy={preview === null}>
        {preview === null && fault === null && (
          <p className={styles.thinking}>
            <Loader size="sm" aria-hidden="true" />
            {t('setup.plan.thinking')}
          </p>
        )}
        {preview !== null && <PlanSize preview={preview} />}
      </div>
      {obstacle !== null && <p className={styles.quiet}>{t(`copy.obstacles.${obstacle}`)}</p>}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('setup.back')}
        </Button>
        <span className={styles.next}>
          <Button variant="default" loading={update.busy} onClick={() => void end('library')}>
            {t('setup.plan.later')}
          </Button>
          <Button
            disabled={obstacle !== null}
            loading={update.busy}
            onClick={() => void end('activity')}
          >
            {t('setup.plan.start')}
          </Button>
        </span>
      </div>
    </>
  );
}

function PlanSize({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { download, replace, keep, adopt, unavailable } = preview.counts;
  const fetched = { items: download.items + replace.items, bytes: download.bytes + replace.bytes };
  const there = keep.items + adopt.items;
  const size = formats.size(fetched.bytes, true);
  const free = preview.freeBytes === null ? null : formats.bytes(preview.freeBytes);
  const short = preview.freeBytes !== null && fetched.bytes > preview.freeBytes;
  const words = (items: number) => ({ count: items, amount: formats.count(items) });
  if (preview.final && fetched.items === 0) {
    return <p className={styles.big}>{t('setup.plan.nothing')}</p>;
  }
  return (
    <>
      <p className={styles.big}>{size}</p>
      <p>{t('setup.plan.download', words(fetched.items))}</p>
      {there > 0 && <p className={styles.quiet}>{t('setup.plan.keep', words(there))}</p>}
      {unavailable.items > 0 && (
        <p className={styles.quiet}>{t('setup.plan.unavailable', words(unavailable.items))}</p>
      )}
      <p className={short ? styles.short : styles.quiet}>
        {free === null
          ? t('setup.plan.roomUnknown')
          : short
            ? t('setup.plan.short', { size, free })
            : t('setup.plan.room', { size, free })}
      </p>
      {!preview.final && (
        <p className={styles.quiet}>
          {t('setup.plan.growing', {
            done: formats.count(preview.albumsPlanned),
            total: formats.count(preview.albumsTotal),
          })}
        </p>
      )}
    </>
  );
}
