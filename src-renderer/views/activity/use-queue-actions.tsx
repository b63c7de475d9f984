import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { settle, useFormats, useSurroundings } from '../../context.ts';
import { actionIds, type QueueAction } from '../../store/queue-rows.ts';
import styles from './queue.module.css';

const CALLS = {
  pause: 'pauseJobs',
  resume: 'resumeJobs',
  retry: 'retryJobs',
  restore: 'restoreJobs',
  top: 'moveToTop',
  cancel: 'cancelJobs',
} as const satisfies Record<QueueAction, string>;

/** How long a cancellation can be taken back from its notice; the queue offers it for longer. */
const UNDO_MS = 12_000;

/** Does something with those of the given jobs that allow it; a cancellation can be taken back. */
export function useQueueActions(): (
  action: QueueAction,
  jobs: readonly JobView[],
) => Promise<void> {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge, report } = useSurroundings();
  return useCallback(
    async (action, jobs) => {
      const jobIds: JobId[] = [...actionIds(jobs, action)];
      if (jobIds.length === 0) return;
      const send = async (name: QueueAction): Promise<boolean> => {
        const reply = await settle(bridge[CALLS[name]]({ jobIds }));
        if (!reply.ok) report(reply.error);
        return reply.ok;
      };
      if (!(await send(action)) || action !== 'cancel') return;
      const id = `cancelled:${jobIds[0]}:${jobIds.length}`;
      notifications.show({
        id,
        autoClose: UNDO_MS,
        title: t('queue.cancelled', {
          count: jobIds.length,
          amount: formats.count(jobIds.length),
        }),
        message: (
          <Button
            className={styles.undo}
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              void send('restore');
            }}
          >
            {t('queue.undo')}
          </Button>
        ),
        closeButtonProps: { 'aria-label': t('app.close') },
      });
    },
    [bridge, report, t, formats],
  );
}
