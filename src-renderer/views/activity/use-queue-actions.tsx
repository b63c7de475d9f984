import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { useUndoNotice } from '../../components/undo-notice.tsx';
import { settle, useFormats, useSurroundings } from '../../context.ts';
import { actionIds, type QueueAction } from '../../store/queue-rows.ts';

const CALLS = {
  pause: 'pauseJobs',
  resume: 'resumeJobs',
  retry: 'retryJobs',
  restore: 'restoreJobs',
  top: 'moveToTop',
  cancel: 'cancelJobs',
} as const satisfies Record<QueueAction, string>;

/** Does something with those of the given jobs that allow it; a cancellation can be taken back. */
export function useQueueActions(): (
  action: QueueAction,
  jobs: readonly JobView[],
) => Promise<void> {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge, report } = useSurroundings();
  const undoNotice = useUndoNotice();
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
      undoNotice({
        id: `cancelled:${jobIds[0]}:${jobIds.length}`,
        title: t('queue.cancelled', {
          count: jobIds.length,
          amount: formats.count(jobIds.length),
        }),
        text: t('queue.cancelledText'),
        undo: () => void send('restore'),
      });
    },
    [bridge, report, undoNotice, t, formats],
  );
}
