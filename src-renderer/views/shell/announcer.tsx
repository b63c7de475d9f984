import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror } from '../../context.ts';
import { hold } from '../../store/queue-head.ts';
import { isActive, isUpToDate, runShare } from '../../store/selectors.ts';

/** How many steps of a run are told; more would chatter. */
const STEPS = 4;

/** Tells a run's start, quarters and end to people who listen to the window. */
export function Announcer() {
  const { t } = useTranslation();
  const formats = useFormats();
  const quarter = useMirror(({ run }) =>
    isActive(run) ? Math.floor(runShare(run) * STEPS) : null,
  );
  const state = useMirror(({ run }) => run?.state ?? null);
  const quiet = useMirror(({ run }) => run !== null && isUpToDate(run));
  const downloaded = useMirror(({ run }) => run?.totals.downloaded ?? 0);
  const failed = useMirror(({ run }) => run?.totals.failed ?? 0);
  const held = useMirror((mirror) => hold(mirror, Date.now()));
  let words = '';
  if (held !== null) words = t(`queue.headlines.${held}`);
  else if (quarter !== null) {
    words = t('announce.progress', { percent: formats.percent(quarter / STEPS) });
  } else if (state === 'stopped') words = t('announce.stopped');
  else if (state === 'finished') {
    words = quiet
      ? t('queue.headlines.up-to-date')
      : t('announce.finished', {
          downloaded: formats.count(downloaded),
          failed: formats.count(failed),
        });
  }
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  );
}
