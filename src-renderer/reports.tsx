import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorView } from '../src-preload/contract/error-codes.ts';
import { useFault } from './use-fault.ts';

/** Faults on their way to the corner of the window. */
export interface FaultReports {
  send(fault: ErrorView): void;
  onFault(listener: (fault: ErrorView) => void): () => void;
}

/** A channel for faults of calls that have no place of their own on a page. */
export function createReports(): FaultReports {
  const listeners = new Set<(fault: ErrorView) => void>();
  return {
    send: (fault) => {
      for (const listener of listeners) listener(fault);
    },
    onFault: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Shows reported faults as passing notices, sentence and remedy. */
export function Reports({ reports }: { readonly reports: FaultReports }) {
  const { t } = useTranslation();
  const words = useFault();
  useEffect(
    () =>
      reports.onFault((fault) => {
        const { sentence, remedy } = words(fault);
        notifications.show({
          id: fault.code,
          title: sentence,
          message: remedy,
          color: 'clay',
          closeButtonProps: { 'aria-label': t('app.close') },
        });
      }),
    [reports, words, t],
  );
  return null;
}
