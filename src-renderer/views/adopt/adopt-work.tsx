import { Button, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdoptionView } from '../../../src-preload/contract/adoption.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './adopt.module.css';

type Working = Exclude<AdoptionView['state'], 'review' | 'done' | 'undone' | 'failed'>;

/** How many steps of a wait are told to people who listen. */
const STEPS = 4;

/** What goes on, how far it is, and how to end it. */
export function AdoptWork({ adoption }: { readonly adoption: AdoptionView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const steer = useCall(bridge.steerAdoption);
  const state = adoption.state as Working;
  const { done, total } = adoption;
  const share = total ? done / total : null;
  const progress = total
    ? t(`adopt.${state}.progress`, { done: formats.count(done), total: formats.count(total) })
    : t(state === 'scanning' ? 'adopt.scanning.listing' : `adopt.${state}.start`);
  const told = share === null ? '' : ` ${formats.percent(Math.floor(share * STEPS) / STEPS)}`;
  return (
    <section className={styles.work} aria-label={t(`adopt.${state}.title`)}>
      <div className={styles.workLine}>
        <h2 className={styles.workTitle}>{t(`adopt.${state}.title`)}</h2>
        {state !== 'undoing' && (
          <Button
            variant="default"
            loading={steer.busy}
            onClick={() => void steer.start({ turn: 'cancel' })}
          >
            {t('adopt.cancel')}
          </Button>
        )}
      </div>
      {state === 'proving' && <p className={styles.workText}>{t('adopt.proving.text')}</p>}
      <Bar share={share} label={t('adopt.bar')} size="thick" />
      <p className={styles.workFacts}>{progress}</p>
      <VisuallyHidden role="status">{`${t(`adopt.${state}.title`)}${told}`}</VisuallyHidden>
    </section>
  );
}
