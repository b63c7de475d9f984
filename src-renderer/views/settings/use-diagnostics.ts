import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';

/** Puts the redacted diagnostics on the clipboard and says so. */
export function useDiagnostics(): { readonly copy: () => void; readonly busy: boolean } {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const { start, busy } = useCall(bridge.copyDiagnostics);
  const copy = useCallback(async () => {
    if ((await start()) === undefined) return;
    notifications.show({
      id: 'diagnostics',
      title: t('settings.diagnostics.copied'),
      message: t('settings.diagnostics.copiedText'),
      color: 'pine',
      closeButtonProps: { 'aria-label': t('app.close') },
    });
  }, [start, t]);
  return { copy: () => void copy(), busy };
}
