import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror, useSurroundings } from '../context.ts';
import { useCall } from '../use-call.ts';
import { Bar } from './bar.tsx';
import { FaultNotice } from './fault-notice.tsx';
import { Notice } from './notice.tsx';
import styles from './step-notice.module.css';

/** Many files on their way to other names, or how that ended, with the way back. */
export function StepNotice() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const step = useMirror((mirror) => mirror.step);
  const cancel = useCall(bridge.cancelStep);
  const undo = useCall(bridge.undoStep);
  if (step === null) return null;
  if (step.state === 'running') {
    const words = {
      done: formats.count(step.filesDone),
      count: step.filesTotal,
      total: formats.count(step.filesTotal),
    };
    return (
      <div className={styles.running} role="status">
        <div className={styles.line}>
          <p>{t(`steps.running.${step.way}`, words)}</p>
          {step.way === 'there' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={cancel.busy}
              onClick={() => void cancel.start()}
            >
              {t('steps.cancel')}
            </Button>
          )}
        </div>
        <Bar
          share={step.filesTotal === 0 ? null : step.filesDone / step.filesTotal}
          label={t('steps.bar')}
        />
      </div>
    );
  }
  if (step.state === 'failed' && step.error) return <FaultNotice fault={step.error} />;
  const { outcome } = step;
  if (step.state === 'cancelled' || !outcome) {
    return (
      <Notice
        tone="warn"
        role="status"
        icon={<IconArrowBackUp size={20} stroke={1.75} />}
        title={t('steps.cancelled')}
      />
    );
  }
  const stayed = outcome.stayed.length;
  return (
    <Notice
      tone="quiet"
      role="status"
      icon={<IconCircleCheck size={20} stroke={1.75} />}
      title={t(`steps.done.${step.way}`, {
        count: outcome.files,
        amount: formats.count(outcome.files),
      })}
      actions={
        step.way === 'there' ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={undo.busy}
            onClick={() => void undo.start({ stepId: outcome.stepId })}
          >
            {t('app.undo')}
          </Button>
        ) : undefined
      }
    >
      {stayed > 0 ? t('steps.stayed', { count: stayed, amount: formats.count(stayed) }) : undefined}
    </Notice>
  );
}
