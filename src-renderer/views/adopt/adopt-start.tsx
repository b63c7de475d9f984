import { Button } from '@mantine/core';
import { IconFolderSearch, IconHistory } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../src-preload/contract/steps.ts';
import { Empty } from '../../components/empty.tsx';
import { Notice } from '../../components/notice.tsx';
import { settle, useFormats, useMirror, useSurroundings } from '../../context.ts';
import { type PendingCall, useCall } from '../../use-call.ts';
import styles from './adopt.module.css';

/** Before a folder was chosen: what this is for, and the last taking over, which can still be undone. */
export function AdoptStart({ pick }: { readonly pick: PendingCall<[], boolean> }) {
  const { t } = useTranslation();
  const hasRoot = useMirror(({ root }) => root !== null);
  return (
    <>
      <LastStep />
      <Empty
        icon={<IconFolderSearch size={32} stroke={1.4} />}
        title={t('adopt.empty.title')}
        text={t('adopt.empty.text')}
      >
        <Button size="md" loading={pick.busy} onClick={() => void pick.start()}>
          {t('adopt.choose')}
        </Button>
      </Empty>
      {!hasRoot && <p className={styles.hint}>{t('adopt.noRoot')}</p>}
    </>
  );
}

function LastStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const [step, setStep] = useState<StepView | null>(null);
  const undo = useCall(bridge.undoAdoption);
  useEffect(() => {
    let wanted = true;
    void settle(bridge.getUndoableAdoption()).then((reply) => {
      // Whether something can be undone is offered, not promised: a fault here is told where it is in the way.
      if (wanted && reply.ok) setStep(reply.value);
    });
    return () => {
      wanted = false;
    };
  }, [bridge]);
  if (step === null) return null;
  return (
    <div className={styles.block}>
      <Notice
        tone="quiet"
        icon={<IconHistory size={20} stroke={1.75} />}
        title={t('adopt.last.text', {
          count: step.files,
          amount: formats.count(step.files),
          date: formats.moment(step.begunAtMs),
        })}
        actions={
          <Button
            size="compact-sm"
            variant="default"
            loading={undo.busy}
            onClick={async () => {
              if ((await undo.start({ stepId: step.id })) !== undefined) setStep(null);
            }}
          >
            {t('adopt.last.undo')}
          </Button>
        }
      />
    </div>
  );
}
