import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { Wordmark } from '../../components/wordmark.tsx';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { BackgroundStep } from './background-step.tsx';
import { FetchStep } from './fetch-step.tsx';
import styles from './first-run.module.css';
import { FolderStep } from './folder-step.tsx';
import { PlanStep } from './plan-step.tsx';

/** The steps after the sign-in; the plan is looked at before anything starts. */
const STEPS = ['folder', 'fetch', 'background', 'plan'] as const;
type Step = (typeof STEPS)[number];

/** The steps a person counts: signing in was the first, the plan is the end of all four. */
const COUNTED = ['signIn', 'folder', 'fetch', 'background'] as const;

const VIEWS: Readonly<Record<Exclude<Step, 'plan'>, ComponentType>> = {
  folder: FolderStep,
  fetch: FetchStep,
  background: BackgroundStep,
};

const stepOf = (reached: Settings['setupStep']): Step => (reached === 'done' ? 'folder' : reached);

/** What has to be decided once, one thing at a time; can be left at any moment and taken up again. */
export function FirstRun() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const navigation = useNavigation();
  const reached = useMirror(({ settings }) => settings.setupStep);
  const hasFolder = useMirror(({ root }) => root !== null);
  const [step, setStep] = useState<Step>(() => stepOf(reached));
  const update = useCall(bridge.updateSettings);
  const page = useRef<HTMLDivElement>(null);
  const at = STEPS.indexOf(step);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its heading, for eyes and ears
  useEffect(() => {
    page.current?.querySelector('h1')?.focus({ preventScroll: true });
    page.current?.scrollTo({ top: 0 });
  }, [step]);

  const go = (to: Step): void => {
    setStep(to);
    // Whoever goes through the steps once more has finished them already.
    if (to !== 'plan' && reached !== 'done') void update.start({ setupStep: to });
  };
  const leave = (): void => navigation.setState({ setupOpen: false });
  const View = step === 'plan' ? null : VIEWS[step];
  const next = STEPS[at + 1];
  const previous = STEPS[at - 1];
  return (
    <div className={styles.page} ref={page}>
      <header className={styles.top}>
        <Wordmark />
        <Button variant="subtle" onClick={leave}>
          {t('setup.later')}
        </Button>
      </header>
      <main className={styles.main} aria-label={t('setup.title')}>
        <Progress step={step} />
        <div className={styles.card}>
          {View === null ? <PlanStep onBack={() => go('background')} /> : <View />}
          {next !== undefined && (
            <div className={styles.buttons}>
              {previous !== undefined && (
                <Button variant="default" onClick={() => go(previous)}>
                  {t('setup.back')}
                </Button>
              )}
              <span className={styles.next}>
                <Button disabled={step === 'folder' && !hasFolder} onClick={() => go(next)}>
                  {t('setup.next')}
                </Button>
              </span>
            </div>
          )}
        </div>
      </main>
    </div>
  );
}

/** Where one is among the steps. */
function Progress({ step }: { readonly step: Step }) {
  const { t } = useTranslation();
  const at = step === 'plan' ? COUNTED.length : COUNTED.indexOf(step);
  return (
    <ol className={styles.steps} aria-label={t('setup.title')}>
      {COUNTED.map((each, index) => (
        <li
          key={each}
          className={styles.step}
          data-done={index < at || undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={styles.number} aria-hidden="true">
            {index < at ? <IconCheck size={14} stroke={2.5} /> : index + 1}
          </span>
          {t(`setup.steps.${each}`)}
        </li>
      ))}
    </ol>
  );
}
