import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isOfTheRecord, type RebuildReport } from '../src-preload/contract/recovery.ts';
import { FaultNotice } from './components/fault-notice.tsx';
import { Wordmark } from './components/wordmark.tsx';
import { useSurroundings } from './context.ts';
import styles from './gate.module.css';
import { Home } from './views/first-run/home.tsx';
import { Rebuilt } from './views/recovery/rebuilt.tsx';
import { Recovery } from './views/recovery/recovery.tsx';
import { Welcome } from './views/welcome/welcome.tsx';

/** Decides between waiting, a fault, the way out of a damaged record, the welcome page and the app proper. */
export function Gate() {
  const { t } = useTranslation();
  const { feed } = useSurroundings();
  const fault = useStore(feed.store, (state) => state.fault);
  const started = useStore(feed.store, (state) => state.mirror !== null);
  const known = useStore(feed.store, (state) => (state.mirror?.account ?? null) !== null);
  const [report, setReport] = useState<RebuildReport | null>(null);
  if (report !== null) {
    return (
      <main className={styles.center}>
        <Wordmark />
        <Rebuilt report={report} onDone={() => setReport(null)} />
      </main>
    );
  }
  if (!started && fault !== null) {
    return (
      <main className={styles.center}>
        <Wordmark />
        {isOfTheRecord(fault.code) ? (
          <Recovery fault={fault} onRebuilt={setReport} />
        ) : (
          <>
            <h1>{t('app.notStarted')}</h1>
            <FaultNotice fault={fault}>
              <Button size="sm" onClick={() => void feed.refresh()}>
                {t('app.tryAgain')}
              </Button>
            </FaultNotice>
          </>
        )}
      </main>
    );
  }
  if (!started) {
    return (
      <main className={styles.center} aria-busy="true">
        <div className={styles.late}>
          <Loader size="sm" aria-label={t('app.starting')} />
        </div>
      </main>
    );
  }
  return known ? <Home /> : <Welcome />;
}
