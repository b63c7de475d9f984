import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { RebuildReport } from '../../../src-preload/contract/recovery.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './recovery.module.css';

interface RecoveryProps {
  readonly fault: ErrorView;
  readonly onRebuilt: (report: RebuildReport) => void;
}

/** What is shown when the record of the library cannot be used: why, and what can be done about it. */
export function Recovery({ fault, onRebuilt }: RecoveryProps) {
  const { t } = useTranslation();
  const { bridge, feed } = useSurroundings();
  const [asking, setAsking] = useState(false);
  const [trying, setTrying] = useState(false);
  const rebuild = useCall(bridge.rebuildDatabase, 'keep');
  const openData = useCall(bridge.openDataFolder);
  const damaged = fault.code === 'DATABASE_DAMAGED';

  const tryAgain = async () => {
    setTrying(true);
    await feed.refresh();
    setTrying(false);
  };
  const start = async () => {
    const report = await rebuild.start();
    setAsking(false);
    if (report) onRebuilt(report);
    await feed.refresh();
  };

  return (
    <>
      <h1>{t('app.notStarted')}</h1>
      <FaultNotice fault={rebuild.fault ?? fault} />
      <div className={styles.actions}>
        {damaged && <Button onClick={() => setAsking(true)}>{t('rebuild.open')}</Button>}
        <Button
          variant={damaged ? 'default' : 'filled'}
          loading={trying}
          onClick={() => void tryAgain()}
        >
          {t('app.tryAgain')}
        </Button>
        <Button variant="subtle" loading={openData.busy} onClick={() => void openData.start()}>
          {t('rebuild.openData')}
        </Button>
      </div>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('rebuild.confirmTitle')}
        size={520}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ol className={styles.steps}>
          <li>{t('rebuild.steps.aside')}</li>
          <li>{t('rebuild.steps.backup')}</li>
          <li>{t('rebuild.steps.learn')}</li>
        </ol>
        <p className={styles.promise}>{t('rebuild.untouched')}</p>
        <div className={styles.actions}>
          <Button loading={rebuild.busy} onClick={() => void start()}>
            {t('rebuild.start')}
          </Button>
          <Button variant="default" disabled={rebuild.busy} onClick={() => setAsking(false)}>
            {t('app.cancel')}
          </Button>
        </div>
      </Modal>
    </>
  );
}
