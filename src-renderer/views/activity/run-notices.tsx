import { Button } from '@mantine/core';
import { IconArrowsDiff, IconCloudOff, IconDatabaseX, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { useFault } from '../../use-fault.ts';
import { useNow } from '../../use-now.ts';
import { FolderDecision } from '../settings/folder-decision.tsx';
import { useFolderPick } from '../settings/use-folder-pick.ts';
import styles from './queue.module.css';

/** What holds a run up or ended it: a cool-down, no network, a full disk, a missing folder. */
export function RunNotices({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const now = useNow(run.coolDownUntilMs === null ? null : 1000);
  const choose = useFolderPick();
  const anew = useCall(bridge.startRootAnew);
  const cooling = run.coolDownUntilMs !== null && run.coolDownUntilMs > now;
  const waits = useMirror(({ background }) => background.goesOnWith);
  const isAway = useMirror(({ root }) => root?.state === 'missing');
  const words = useFault();
  // That its drive is away is said above every page, and beside the folder.
  const fault = isAway && run.error?.code === 'LIBRARY_ROOT_MISSING' ? null : run.error;
  const offline = fault?.code === 'OFFLINE' && (isActive(run) || waits === 'network');
  const resting = fault?.code === 'RATE_LIMITED' && waits === 'service';
  const full = fault?.code === 'DISK_FULL' && waits === 'room';
  if (!cooling && fault === null && run.planChanges === 0) return null;
  const folder = fault?.code === 'LIBRARY_ROOT_MISSING' || fault?.code === 'LIBRARY_ROOT_FOREIGN';
  const disk = fault?.code === 'DISK_FULL' || fault?.code === 'PATH_NOT_WRITABLE';
  return (
    <div className={styles.notices}>
      {run.planChanges > 0 && (
        <Notice
          tone="quiet"
          icon={<IconArrowsDiff size={20} stroke={1.75} />}
          title={t('queue.planChanges', {
            count: run.planChanges,
            amount: formats.count(run.planChanges),
          })}
        />
      )}
      {cooling && run.coolDownUntilMs !== null && (
        <Notice
          tone="warn"
          icon={<IconHourglass size={20} stroke={1.75} />}
          title={t('queue.coolDown', {
            span: formats.span((run.coolDownUntilMs - now) / 1000),
          })}
        >
          {t('queue.coolDownText')}
        </Notice>
      )}
      {offline && (
        <Notice
          tone="warn"
          role="alert"
          icon={<IconCloudOff size={20} stroke={1.75} />}
          title={t('errors.OFFLINE.sentence')}
        >
          {t('queue.offline')}
        </Notice>
      )}
      {resting && !cooling && (
        <Notice
          tone="warn"
          role="status"
          icon={<IconHourglass size={20} stroke={1.75} />}
          title={t('errors.RATE_LIMITED.sentence')}
        >
          {t('queue.coolDownText')}
        </Notice>
      )}
      {full && (
        <Notice
          tone="warn"
          role="alert"
          icon={<IconDatabaseX size={20} stroke={1.75} />}
          title={words(fault).sentence}
          actions={
            <Button
              size="sm"
              variant="default"
              loading={choose.busy}
              onClick={() => void choose.start()}
            >
              {t('folder.change')}
            </Button>
          }
        >
          {t('queue.goesOn.room')}
        </Notice>
      )}
      {fault !== null &&
        fault.code !== 'CANCELLED' &&
        !offline &&
        !full &&
        !(fault.code === 'RATE_LIMITED' && cooling) &&
        !resting && (
          <FaultNotice fault={fault}>
            {(folder || disk) && (
              <Button
                size="sm"
                variant="default"
                loading={choose.busy}
                onClick={() => void choose.start()}
              >
                {t('folder.chooseAgain')}
              </Button>
            )}
            {folder && (
              <Button
                size="sm"
                variant="subtle"
                loading={anew.busy}
                onClick={() => void anew.start()}
              >
                {t('folder.startAnew')}
              </Button>
            )}
          </FaultNotice>
        )}
      <FolderDecision pick={choose} />
    </div>
  );
}
