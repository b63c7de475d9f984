import { Button, Modal } from '@mantine/core';
import { IconFolderQuestion, IconPlugConnectedX, IconSparkles } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { SignInPanel } from '../welcome/sign-in-panel.tsx';
import { SetupBanner } from './setup-banner.tsx';
import styles from './shell.module.css';

/** What holds for the whole window: first steps that were left, the demo, a drive that is away, and a session that has ended. */
export function Banners() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const demo = useMirror((mirror) => mirror.app.demo);
  const ended = useMirror(({ account }) => account !== null && !account.signedIn);
  const [signingIn, setSigningIn] = useState(false);
  const leave = useCall(bridge.leaveDemo);
  useEffect(() => {
    if (!ended) setSigningIn(false);
  }, [ended]);
  const unfinished = useMirror(({ settings }) => settings.setupStep !== 'done');
  const away = useMirror(({ root }) => root?.state === 'missing');
  const waits = useMirror(({ background }) => background.goesOnWith === 'drive');
  if (!demo && !ended && !unfinished && !away) return null;
  return (
    <div className={styles.banners}>
      {unfinished && <SetupBanner />}
      {demo && (
        <Notice
          tone="quiet"
          icon={<IconSparkles size={20} stroke={1.75} />}
          title={t('demo.title')}
          actions={
            <Button
              size="compact-sm"
              variant="subtle"
              loading={leave.busy}
              onClick={() => void leave.start()}
            >
              {t('demo.leave')}
            </Button>
          }
        />
      )}
      {away && (
        <Notice
          tone="warn"
          role="alert"
          icon={<IconFolderQuestion size={20} stroke={1.75} />}
          title={t('errors.LIBRARY_ROOT_MISSING.sentence')}
        >
          {t(waits ? 'queue.goesOn.drive' : 'folder.whenBack')}
        </Notice>
      )}
      {ended && (
        <Notice
          tone="warn"
          role="alert"
          icon={<IconPlugConnectedX size={20} stroke={1.75} />}
          title={t('errors.SIGN_IN_REQUIRED.sentence')}
          actions={
            <Button size="sm" onClick={() => setSigningIn(true)}>
              {t('account.signInAgain')}
            </Button>
          }
        >
          {t('errors.SIGN_IN_REQUIRED.remedy')}
        </Notice>
      )}
      <Modal
        opened={signingIn}
        onClose={() => setSigningIn(false)}
        title={t('account.signInAgain')}
        size={460}
        closeButtonProps={{ 'aria-label': t('app.close') }}
        classNames={{
          content: styles.signInBox,
          header: styles.signInHead,
          title: styles.signInTitle,
          body: styles.signIn,
        }}
      >
        <SignInPanel />
      </Modal>
    </div>
  );
}
