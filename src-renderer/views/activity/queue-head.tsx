import { Button } from '@mantine/core';
import {
  IconCircleCheck,
  IconFolderOpen,
  IconHistory,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { queueState } from '../../store/queue-head.ts';
import { backlog, pausedIds } from '../../store/queue-rows.ts';
import {
  isActive,
  isUpToDate,
  isUsable,
  runShare,
  settled,
  syncObstacle,
} from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { useNow } from '../../use-now.ts';
import styles from './queue.module.css';

/** The queue as a whole: what it is doing in words, how far, how fast, how long, and what can be done with all of it. */
export function QueueHead() {
  const { t } = useTranslation();
  const formats = useFormats();
  const run = useMirror((mirror) => mirror.run);
  const now = useNow((run?.coolDownUntilMs ?? null) === null ? null : 1000);
  const queue = useMirror((mirror) => mirror.queue);
  const background = useMirror((mirror) => mirror.background);
  const groups = useMirror((mirror) => mirror.jobs);
  const state = queueState({ run, queue, background }, now);
  const failed = run?.totals.failed ?? 0;
  const title =
    state === 'failures'
      ? t('queue.finishedWithFailures', { count: failed, amount: formats.count(failed) })
      : t(`queue.headlines.${state}`);
  const left = backlog(groups);
  return (
    <section className={styles.head} aria-label={t('queue.overall')}>
      <div className={styles.headline}>
        <h1 className={styles.title}>
          {(state === 'finished' || state === 'up-to-date') && (
            <IconCircleCheck className={styles.check} size={32} stroke={1.6} aria-hidden="true" />
          )}
          {title}
        </h1>
        <HeadActions run={run} />
      </div>
      {isActive(run) && <Progress run={run} />}
      {run !== null && !isActive(run) && <Ending run={run} />}
      {state === 'paused' && <p className={styles.ended}>{t('queue.pausedText')}</p>}
      {!isActive(run) && left.files > 0 && (
        <p className={styles.ended}>
          {t('queue.backlog', {
            count: left.files,
            amount: formats.count(left.files),
            size: formats.size(left.bytes, true),
          })}
        </p>
      )}
    </section>
  );
}

function HeadActions({ run }: { readonly run: RunView | null }) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const paused = useMirror(({ queue }) => queue.paused);
  const groups = useMirror((mirror) => mirror.jobs);
  const hasFolder = useMirror((mirror) => isUsable(mirror.root));
  const ready = useMirror((mirror) => syncObstacle(mirror) === null);
  const pause = useCall(bridge.pauseQueue);
  const resumeSome = useCall(bridge.resumeJobs);
  const retry = useCall(bridge.retryFailed);
  const show = useCall(bridge.showInFolder);
  const resume = useCall(bridge.resumeQueue);
  const begin = useCall(bridge.startSync);
  const waits = useMirror(({ background }) => background.goesOnWith !== null);
  const giveUp = useCall(bridge.stopSync);
  const active = isActive(run);
  const left = backlog(groups);
  const pausedOnes = pausedIds(groups);
  const failed = [...groups.values()].flat().some((job) => job.state === 'failed');
  const held = paused || run?.state === 'paused';
  // Going on leaves alone what somebody paused: for that there is a button of its own.
  const canGoOn =
    !held && !active && ready && (run?.state === 'stopped' || left.files > left.paused);
  return (
    <div className={styles.headActions}>
      {held && (active || left.files > 0) && (
        <Button
          leftSection={<IconPlayerPlay size={18} stroke={1.75} />}
          loading={resume.busy}
          onClick={() => void resume.start()}
        >
          {t('queue.resumeAll')}
        </Button>
      )}
      {!held && active && run.state !== 'stopping' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} stroke={1.75} />}
          loading={pause.busy}
          onClick={() => void pause.start()}
        >
          {t('queue.pauseAll')}
        </Button>
      )}
      {!held && pausedOnes.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={18} stroke={1.75} />}
          loading={resumeSome.busy}
          onClick={() => void resumeSome.start({ jobIds: [...pausedOnes] })}
        >
          {t('queue.resumePaused')}
        </Button>
      )}
      {failed && (
        <Button
          variant={active || canGoOn || held ? 'default' : 'filled'}
          leftSection={<IconRotate size={18} stroke={1.75} />}
          loading={retry.busy}
          onClick={() => void retry.start()}
        >
          {t('queue.retryAll')}
        </Button>
      )}
      {canGoOn && (
        <Button
          leftSection={<IconPlayerPlay size={18} stroke={1.75} />}
          loading={begin.busy}
          onClick={() => void begin.start(undefined)}
        >
          {t('queue.goOn')}
        </Button>
      )}
      {waits && !active && (
        <Button variant="default" loading={giveUp.busy} onClick={() => void giveUp.start()}>
          {t('queue.dontWait')}
        </Button>
      )}
      {run !== null && !active && hasFolder && (
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={18} stroke={1.75} />}
          loading={show.busy}
          onClick={() => void show.start({})}
        >
          {t('app.showInFolder')}
        </Button>
      )}
      <Button
        variant="subtle"
        leftSection={<IconHistory size={18} stroke={1.75} />}
        onClick={() => goTo(navigation, 'history')}
      >
        {t('history.title')}
      </Button>
    </div>
  );
}

function Progress({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { totals } = run;
  return (
    <>
      <Bar
        size="thick"
        share={totals.planned === 0 ? null : runShare(run)}
        label={t('queue.overall')}
      />
      <dl className={styles.figures}>
        <Figure
          name={t('queue.figures.tracks')}
          value={t('queue.of', {
            done: formats.count(settled(totals)),
            total: formats.count(totals.planned),
          })}
        />
        <Figure
          name={t('queue.figures.size')}
          value={t('queue.of', {
            done: formats.bytes(totals.doneBytes),
            total: formats.size(totals.plannedBytes, true),
          })}
        />
        <Figure
          name={t('queue.figures.speed')}
          value={run.bytesPerSecond > 0 ? formats.speed(run.bytesPerSecond) : '–'}
        />
        <Figure
          name={t('queue.figures.left')}
          value={run.secondsLeft === null ? '–' : formats.span(run.secondsLeft)}
        />
      </dl>
      {!run.listingDone && (
        <p className={styles.listing}>
          {run.albumsTotal === null
            ? t('queue.listing')
            : t('queue.listingOf', {
                done: formats.count(run.albumsListed),
                total: formats.count(run.albumsTotal),
              })}
        </p>
      )}
    </>
  );
}

/** How a run ended, in a sentence. */
function Ending({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { totals, startedAtMs, endedAtMs } = run;
  const fetched = t('queue.fetched', {
    count: totals.downloaded,
    amount: formats.count(totals.downloaded),
    size: formats.bytes(totals.bytes),
  });
  let words = fetched;
  if (isUpToDate(run)) {
    const amount = formats.count(totals.skipped);
    words = t('queue.upToDateText', { count: totals.skipped, amount });
  } else if (totals.downloaded === 0) words = t('queue.nothingFetched');
  else if (endedAtMs !== null) {
    words = t('queue.fetchedIn', { fetched, span: formats.span((endedAtMs - startedAtMs) / 1000) });
  }
  return <p className={styles.ended}>{words}</p>;
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
