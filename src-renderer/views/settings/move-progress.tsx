import { Button } from '@mantine/core';
import { IconCircleCheck, IconFolderX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Bar } from '../../components/bar.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './folder.module.css';

/** A library on its way to another folder, or how its last move ended. */
export function MoveProgress() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const move = useMirror((mirror) => mirror.move);
  const cancel = useCall(bridge.cancelMove);
  if (move === null) return null;
  const done = t('settings.move.done', {
    done: formats.bytes(move.bytesDone),
    total: formats.bytes(move.bytesTotal),
    count: move.filesTotal,
    files: formats.count(move.filesDone),
    amount: formats.count(move.filesTotal),
  });
  if (move.state === 'running') {
    const share = move.bytesTotal === 0 ? null : move.bytesDone / move.bytesTotal;
    return (
      <div className={styles.move}>
        <div className={styles.moveHead}>
          <p>{t('settings.move.running', { to: move.to })}</p>
          <Button
            size="compact-sm"
            variant="default"
            loading={cancel.busy}
            onClick={() => void cancel.start()}
          >
            {t('app.cancel')}
          </Button>
        </div>
        <Bar share={share} label={t('settings.move.label')} size="thick" />
        <p className={styles.text}>{done}</p>
      </div>
    );
  }
  if (move.state === 'failed' && move.error !== null) return <FaultNotice fault={move.error} />;
  if (move.state === 'finished') {
    return (
      <Notice
        tone="quiet"
        icon={<IconCircleCheck size={20} stroke={1.75} />}
        title={t('settings.move.finished', { to: move.to })}
      >
        {move.leftBehind > 0
          ? t('settings.move.leftBehind', {
              count: move.leftBehind,
              amount: formats.count(move.leftBehind),
            })
          : undefined}
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      icon={<IconFolderX size={20} stroke={1.75} />}
      title={t('settings.move.cancelled', { from: move.from })}
    />
  );
}
