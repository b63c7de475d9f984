import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AdoptionOutcome, AdoptionView } from '../../../src-preload/contract/adoption.ts';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './adopt.module.css';

/** How it ended: what was taken over, what could not be and why, and the way back. */
export function AdoptOutcome({ adoption }: { readonly adoption: AdoptionView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const steer = useCall(bridge.steerAdoption);
  const undo = useCall(bridge.undoAdoption);
  const { outcome, state, counts } = adoption;
  const isUndone = state === 'undone';
  const amount = (count: number) => ({ count, amount: formats.count(count) });
  const stepId = outcome?.stepId ?? null;
  const left = Object.values(counts).some((count) => count > 0);
  const title = isUndone
    ? t('adopt.undone.title')
    : outcome && outcome.taken > 0
      ? t('adopt.done.title', amount(outcome.taken))
      : t('adopt.done.nothing');
  return (
    <section className={styles.outcome} aria-label={title}>
      <span className={styles.outcomeIcon} aria-hidden="true">
        {isUndone ? (
          <IconArrowBackUp size={28} stroke={1.5} />
        ) : (
          <IconCircleCheck size={28} stroke={1.5} />
        )}
      </span>
      <div className={styles.outcomeWords} role="status">
        <h2 className={styles.workTitle}>{title}</h2>
        {isUndone ? (
          <p className={styles.quiet}>{t('adopt.undone.text')}</p>
        ) : (
          outcome !== null &&
          outcome.taken > 0 && <p className={styles.quiet}>{t('adopt.done.text')}</p>
        )}
        {!isUndone && outcome !== null && outcome.damaged > 0 && (
          <p className={styles.warn}>{t('adopt.done.damaged', amount(outcome.damaged))}</p>
        )}
        {outcome !== null && outcome.stayedTotal > 0 && (
          <Stayed
            outcome={outcome}
            title={t(
              isUndone ? 'adopt.undone.some' : 'adopt.done.stayed',
              amount(outcome.stayedTotal),
            )}
          />
        )}
      </div>
      <div className={styles.outcomeActions}>
        {stepId !== null && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} stroke={1.75} />}
            loading={undo.busy}
            onClick={() => void undo.start({ stepId })}
          >
            {t('adopt.done.undo')}
          </Button>
        )}
        {left && (
          <Button
            variant="default"
            loading={steer.busy}
            onClick={() => void steer.start({ turn: 'review' })}
          >
            {t(isUndone ? 'adopt.retry' : 'adopt.done.rest')}
          </Button>
        )}
        <Button loading={steer.busy} onClick={() => void steer.start({ turn: 'dismiss' })}>
          {t('adopt.done.close')}
        </Button>
      </div>
    </section>
  );
}

/** How many of them are named; a person wants to know which, and not all of a thousand. */
const FEW = 12;

function Stayed({ outcome, title }: { readonly outcome: AdoptionOutcome; readonly title: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const more = outcome.stayedTotal - Math.min(FEW, outcome.stayed.length);
  return (
    <>
      <p className={styles.warn}>{title}</p>
      <ul className={styles.stayed}>
        {outcome.stayed.slice(0, FEW).map(({ path, reason }) => (
          <li key={path}>
            <span className={styles.path}>{path}</span>
            <span className={styles.quiet}>{t(`adopt.stays.${reason}`)}</span>
          </li>
        ))}
        {more > 0 && (
          <li className={styles.quiet}>
            {t('adopt.done.more', { count: more, amount: formats.count(more) })}
          </li>
        )}
      </ul>
    </>
  );
}
