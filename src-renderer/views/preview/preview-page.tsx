import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconHourglass, IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../../../src-preload/contract/views.ts';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { isActive, syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { PlanCounts } from './plan-counts.tsx';
import { PlanList } from './plan-list.tsx';
import styles from './preview.module.css';
import { Substitutions } from './substitutions.tsx';
import { usePreview } from './use-preview.ts';

const AGAIN_MS = 2000;

/** What Sync would do, before it does it. */
export function PreviewPage() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const preference = useMirror((mirror) => mirror.settings.preference);
  const rootPath = useMirror((mirror) => mirror.root?.path ?? null);
  const blocked = useMirror((mirror) => syncObstacle(mirror) !== null || isActive(mirror.run));
  const { preview, fault, busy, load } = usePreview(bridge);
  const begin = useCall(bridge.startSync);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder or format has another plan
  useEffect(() => void load(), [load, preference, rootPath]);
  useEffect(() => {
    if (preview === null || preview.final || fault !== null || busy) return;
    const timer = setTimeout(() => void load(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [preview, fault, busy, load]);

  return (
    <>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('preview.title')}</h1>
          <p className={styles.lead}>{t('preview.lead')}</p>
        </div>
        <Button
          leftSection={<IconRefresh size={18} stroke={1.9} />}
          disabled={blocked}
          loading={begin.busy}
          onClick={() => {
            goTo(navigation, 'activity');
            void begin.start(undefined);
          }}
        >
          {t('preview.syncNow')}
        </Button>
      </div>
      {fault !== null && (
        <div className={styles.block}>
          <FaultNotice fault={fault}>
            <Button size="sm" loading={busy} onClick={() => void load()}>
              {t('app.tryAgain')}
            </Button>
          </FaultNotice>
        </div>
      )}
      {preview === null && fault === null && (
        <div className={styles.thinking} role="status">
          <Loader size="sm" aria-hidden="true" />
          <span>{t('preview.thinking')}</span>
        </div>
      )}
      {preview !== null && <Plan preview={preview} />}
    </>
  );
}

function Plan({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { counts } = preview;
  const work = counts.download.items + counts.replace.items + counts.adopt.items;
  const short =
    preview.freeBytes !== null && counts.download.bytes + counts.replace.bytes > preview.freeBytes;
  return (
    <>
      {!preview.final && (
        <div className={styles.block}>
          <Notice
            tone="quiet"
            icon={<IconHourglass size={20} stroke={1.75} />}
            title={t('preview.listing', {
              done: formats.count(preview.albumsPlanned),
              total: formats.count(preview.albumsTotal),
            })}
          >
            {t('preview.listingText')}
          </Notice>
        </div>
      )}
      <PlanCounts preview={preview} short={short} />
      <Substitutions albums={preview.albums} />
      {preview.final && work === 0 && counts.unavailable.items === 0 ? (
        <Empty
          icon={<IconCircleCheck size={32} stroke={1.5} />}
          title={t('preview.nothing.title')}
          text={t('preview.nothing.text')}
        />
      ) : (
        <PlanList albums={preview.albums} />
      )}
    </>
  );
}
