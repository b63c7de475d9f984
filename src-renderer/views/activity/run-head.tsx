import { Button } from '@mantine/core';
import { IconCircleCheck, IconFolderOpen, IconRotate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import {
  isActive,
  isUpToDate,
  isUsable,
  runShare,
  settled,
  syncObstacle,
} from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './activity.module.css';

/** The headline of a run: how far it is, how fast, how long; or how it ended. */
export function RunHead({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const retry = useCall(bridge.retryFailed);
  const show = useCall(bridge.showInFolder);
  const begin = useCall(bridge.startSync);
  const hasFolder = useMirror((mirror) => isUsable(mirror.root));
  const ready = useMirror((mirror) => syncObstacle(mirror) === null);
  const active = isActive(run);
  const { totals } = run;
  const share = runShare(run);

  return (
    <section className={styles.head} aria-label={t('activity.overall')}>
      <div className={styles.headline}>
        <h1 className={styles.title}>
          {run.state === 'finished' && totals.failed === 0 && (
            <IconCircleCheck className={styles.check} size={32} stroke={1.6} aria-hidden="true" />
          )}
          {headline(t, run, formats)}
        </h1>
        <div className={styles.headActions}>
          {!active && totals.failed > 0 && (
            <Button
              leftSection={<IconRotate size={18} stroke={1.75} />}
              loading={retry.busy}
              onClick={() => void retry.start()}
            >
              {t('activity.retryAll')}
            </Button>
          )}
          {run.state === 'stopped' && ready && (
            <Button
              variant={totals.failed > 0 ? 'default' : 'filled'}
              loading={begin.busy}
              onClick={() => void begin.start(undefined)}
            >
              {t('activity.goOn')}
            </Button>
          )}
          {!active && hasFolder && (
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={18} stroke={1.75} />}
              loading={show.busy}
              onClick={() => void show.start({})}
            >
              {t('app.showInFolder')}
            </Button>
          )}
        </div>
      </div>
      {active ? (
        <>
          <Bar
            size="thick"
            share={totals.planned === 0 ? null : share}
            label={t('activity.overall')}
          />
          <dl className={styles.figures}>
            <Figure
              name={t('activity.figures.tracks')}
              value={t('activity.of', {
                done: formats.count(settled(totals)),
                total: formats.count(totals.planned),
              })}
            />
            <Figure
              name={t('activity.figures.size')}
              value={t('activity.of', {
                done: formats.bytes(totals.doneBytes),
                total: formats.size(totals.plannedBytes, true),
              })}
            />
            <Figure
              name={t('activity.figures.speed')}
              value={run.bytesPerSecond > 0 ? formats.speed(run.bytesPerSecond) : '–'}
            />
            <Figure
              name={t('activity.figures.left')}
              value={run.secondsLeft === null ? '–' : formats.span(run.secondsLeft)}
            />
          </dl>
          {!run.listingDone && (
            <p className={styles.listing}>
              {run.albumsTotal === null
                ? t('activity.listing')
                : t('activity.listingOf', {
                    done: formats.count(run.albumsListed),
                    total: formats.count(run.albumsTotal),
                  })}
            </p>
          )}
        </>
      ) : (
        <p className={styles.ended}>{ending(t, run, formats)}</p>
      )}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function headline(t: Translate, run: RunView, formats: ReturnType<typeof useFormats>): string {
  if (isUpToDate(run)) return t('activity.upToDate');
  const { failed } = run.totals;
  if (run.state === 'finished' && failed > 0) {
    return t('activity.finishedWithFailures', { count: failed, amount: formats.count(failed) });
  }
  return t(`activity.headlines.${run.state}`);
}

function ending(t: Translate, run: RunView, formats: ReturnType<typeof useFormats>): string {
  const { totals, startedAtMs, endedAtMs } = run;
  if (isUpToDate(run)) {
    return t('activity.upToDateText', {
      count: totals.skipped,
      amount: formats.count(totals.skipped),
    });
  }
  if (totals.downloaded === 0) return t('activity.nothingFetched');
  const fetched = t('activity.fetched', {
    count: totals.downloaded,
    amount: formats.count(totals.downloaded),
    size: formats.bytes(totals.bytes),
  });
  return endedAtMs === null
    ? fetched
    : t('activity.fetchedIn', { fetched, span: formats.span((endedAtMs - startedAtMs) / 1000) });
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
