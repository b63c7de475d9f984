import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../src-preload/contract/views.ts';

/** What a file is called: a track by its title, a side file by what it is. */
export function useJobName(): (job: JobView) => string {
  const { t } = useTranslation();
  return useCallback(
    (job: JobView) => (job.kind === 'track' ? job.title : t(`queue.kinds.${job.kind}`)),
    [t],
  );
}
