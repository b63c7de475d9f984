import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './account.module.css';
import { unfinishedJobs } from './unfinished.ts';

interface SignOutProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks what becomes of the queue, and signs out. */
export function SignOut({ opened, onClose }: SignOutProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const unfinished = useMirror((mirror) => unfinishedJobs(mirror.jobs));
  const signOut = useCall(bridge.signOut, 'keep');
  const leave = async (queue: 'keep' | 'discard'): Promise<void> => {
    if ((await signOut.start({ queue })) !== undefined) onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('account.signOut')}
      size={460}
      classNames={{ title: styles.modalTitle }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.leaving}>
        {signOut.fault !== null && <FaultNotice fault={signOut.fault} />}
        <p>{t('account.signOutText')}</p>
        {unfinished === 0 ? (
          <div className={styles.actions}>
            <Button loading={signOut.busy} onClick={() => void leave('keep')}>
              {t('account.signOut')}
            </Button>
            <Button variant="subtle" onClick={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        ) : (
          <>
            <p>
              {t('account.queueQuestion', {
                count: unfinished,
                amount: formats.count(unfinished),
              })}
            </p>
            <div className={styles.stack}>
              <Button loading={signOut.busy} onClick={() => void leave('keep')}>
                {t('account.queueKeep')}
              </Button>
              <Button
                variant="default"
                loading={signOut.busy}
                onClick={() => void leave('discard')}
              >
                {t('account.queueDiscard')}
              </Button>
              <Button variant="subtle" onClick={onClose}>
                {t('app.cancel')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
