import { Button, Modal } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../src-preload/contract/steps.ts';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { StepNotice } from '../../components/step-notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { RoomHead } from './room-head.tsx';
import styles from './steps.module.css';

/** The steps that moved many files at once, the newest first, each with its way back. */
export function StepsPage() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const [steps, setSteps] = useState<readonly StepView[] | null>(null);
  const [asked, setAsked] = useState<StepView | null>(null);
  const list = useCall(bridge.getSteps, 'keep');
  const undo = useCall(bridge.undoStep);
  const state = useMirror((mirror) => mirror.step?.state ?? null);
  const { start } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step that begins or ends changes the list.
  useEffect(() => {
    void start().then((found) => found && setSteps(found));
  }, [start, state]);
  const take = async (step: StepView): Promise<void> => {
    setAsked(null);
    await undo.start({ stepId: step.id });
  };
  return (
    <>
      <RoomHead room="steps" />
      <div className={styles.page}>
        {state !== null && <StepNotice />}
        {list.fault !== null && <FaultNotice fault={list.fault} />}
        {steps === null && list.fault === null && <p role="status">{t('steps.loading')}</p>}
        {steps?.length === 0 && (
          <Empty
            icon={<IconHistory size={28} stroke={1.5} />}
            title={t('steps.empty.title')}
            text={t('steps.empty.text')}
          />
        )}
        {steps !== null && steps.length > 0 && (
          <ul className={styles.list}>
            {steps.map((step) => (
              <Row
                key={step.id}
                step={step}
                blocked={state === 'running' || undo.busy}
                onUndo={() => setAsked(step)}
              />
            ))}
          </ul>
        )}
      </div>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('steps.ask.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <p>{t('steps.ask.text')}</p>
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => setAsked(null)}>
            {t('app.cancel')}
          </Button>
          <Button onClick={() => asked && void take(asked)}>{t('steps.ask.undo')}</Button>
        </div>
      </Modal>
    </>
  );
}

interface RowProps {
  readonly step: StepView;
  readonly blocked: boolean;
  readonly onUndo: () => void;
}

function Row({ step, blocked, onUndo }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    formats.moment(step.begunAtMs),
    t('steps.files', { count: step.files, amount: formats.count(step.files) }),
    t(`steps.states.${step.state}`),
    ...(step.stayed > 0
      ? [t('steps.stayed', { count: step.stayed, amount: formats.count(step.stayed) })]
      : []),
  ];
  const name = t(`steps.kinds.${step.kind}`);
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </div>
      {step.state === 'moved' && (
        <Button variant="default" size="compact-sm" disabled={blocked} onClick={onUndo}>
          {t('app.undo')}
        </Button>
      )}
    </li>
  );
}
