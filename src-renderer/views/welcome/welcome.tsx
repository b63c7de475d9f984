import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Wordmark } from '../../components/wordmark.tsx';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { OtherAccounts } from '../account/other-accounts.tsx';
import { CrateArt } from './crate-art.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import styles from './welcome.module.css';

/** The first page: what Crateful is for, and the three ways in. */
export function Welcome() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const idle = useMirror(({ signIn }) => signIn.state === 'idle' || signIn.state === 'failed');
  const known = useMirror((mirror) => mirror.accounts.length > 0);
  const demo = useCall(bridge.startDemo);
  const navigation = useNavigation();
  // Whoever comes in next is shown the first steps if they were never gone through.
  useEffect(() => navigation.setState({ setupOpen: null, page: null }), [navigation]);
  return (
    <main className={styles.page}>
      <section className={styles.story}>
        <Wordmark />
        <div className={styles.pitch}>
          <h1 className={styles.headline}>{t('welcome.headline')}</h1>
          <p className={styles.lead}>{t('welcome.lead')}</p>
        </div>
        <CrateArt />
      </section>
      <section className={styles.entry} aria-label={t('welcome.entry')}>
        <div className={styles.ways}>
          {idle && known && (
            <section className={styles.known} aria-label={t('signIn.known')}>
              <OtherAccounts />
            </section>
          )}
          <SignInPanel />
          {idle && (
            <div className={styles.demo}>
              <div className={styles.or} aria-hidden="true">
                {t('welcome.or')}
              </div>
              <Button
                variant="default"
                fullWidth
                leftSection={<IconPlayerPlay size={18} stroke={1.75} />}
                loading={demo.busy}
                onClick={() => void demo.start()}
              >
                {t('welcome.demo')}
              </Button>
              <p className={styles.hint}>{t('welcome.demoHint')}</p>
            </div>
          )}
          <p className={styles.unofficial}>{t('welcome.unofficial')}</p>
        </div>
      </section>
    </main>
  );
}
