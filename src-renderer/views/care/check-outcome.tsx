import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VerifyView } from '../../../src-preload/contract/album-view.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { CheckFindings } from './check-findings.tsx';
import { type FetchAgain, isFetchable, useFetchAgain } from './use-fetch-again.ts';

/** How a check ended: everything whole, what it found, or why it could not go on. */
export function CheckOutcome({ verify }: { readonly verify: VerifyView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const again = useFetchAgain();
  const { state, filesDone, bytesDone, endedAtMs, findings, error } = verify;
  const words = { count: filesDone, amount: formats.count(filesDone) };
  // The banner on top of every page says so already.
  const isTold =
    useMirror(({ root }) => root?.state === 'missing') && error?.code === 'LIBRARY_ROOT_MISSING';
  const when = endedAtMs === null ? '' : formats.moment(endedAtMs);
  return (
    <>
      {error !== null && !isTold && <FaultNotice fault={error} />}
      {state === 'cancelled' && (
        <Notice
          tone="quiet"
          role="status"
          icon={<IconShieldCheck size={20} stroke={1.75} />}
          title={t('verify.cancelled')}
        >
          {t('verify.cancelledText', words)}
        </Notice>
      )}
      {state === 'finished' && findings.length === 0 && (
        <Notice
          tone="quiet"
          role="status"
          icon={<IconShieldCheck size={20} stroke={1.75} />}
          title={filesDone === 0 ? t('verify.nothing') : t('verify.fine', words)}
        >
          {filesDone === 0
            ? undefined
            : t('care.check.read', { size: formats.bytes(bytesDone), when })}
        </Notice>
      )}
      {findings.length > 0 && <Found verify={verify} again={again} />}
    </>
  );
}

function Found({ verify, again }: { readonly verify: VerifyView; readonly again: FetchAgain }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { findings, findingsTotal: count } = verify;
  const fetchable = findings.some(isFetchable);
  const { obstacle } = again;
  // More than is listed is fetched by a sync of everything, and of those there is one at a time.
  const waits = useMirror(({ run }) => isActive(run)) && count > findings.length;
  const why =
    obstacle === 'offline'
      ? t('care.check.offline')
      : obstacle === null && waits
        ? t('care.check.syncing')
        : null;
  return (
    <>
      <Notice
        tone="bad"
        role="alert"
        icon={<IconAlertTriangle size={20} stroke={1.75} />}
        title={t('care.check.found', { count, amount: formats.count(count) })}
        actions={
          fetchable ? (
            <Button
              size="sm"
              disabled={obstacle !== null || waits}
              loading={again.busy}
              onClick={() => again.start(verify)}
            >
              {t('care.check.againAll')}
            </Button>
          ) : undefined
        }
      >
        {obstacle === null || why !== null
          ? (why ?? t('care.check.advice'))
          : t(`copy.obstacles.${obstacle === 'offline' ? 'signed-out' : obstacle}`)}
      </Notice>
      <CheckFindings findings={findings} again={again} />
      {count > findings.length && (
        <p>
          {t('verify.more', {
            count: count - findings.length,
            amount: formats.count(count - findings.length),
          })}
        </p>
      )}
    </>
  );
}
