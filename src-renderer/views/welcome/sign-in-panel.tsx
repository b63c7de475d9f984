import { Anchor, Button } from '@mantine/core';
import { IconBrowser, IconKey } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { AppPairForm } from './app-pair-form.tsx';
import { TokenForm } from './token-form.tsx';
import { WaitingForBrowser } from './waiting-for-browser.tsx';
import styles from './welcome.module.css';

/** Signing in, whatever the way and wherever it stands; used on the first page and when a session ended. */
export function SignInPanel() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const signIn = useMirror((mirror) => mirror.signIn);
  const [form, setForm] = useState<'token' | 'app-pair' | null>(null);
  const browser = useCall(bridge.signInWithBrowser, 'keep');
  const { state } = signIn;
  const fault = signIn.state === 'failed' ? signIn.error : null;
  useEffect(() => {
    if (state === 'waiting-for-browser') setForm(null);
  }, [state]);

  if (form === 'app-pair') return <AppPairForm onBack={() => setForm(null)} />;
  if (form === 'token') return <TokenForm onBack={() => setForm(null)} />;
  if (state !== 'idle' && state !== 'failed') return <WaitingForBrowser state={state} />;

  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{t('signIn.title')}</h2>
        <p className={styles.hint}>{t('signIn.anyAccount')}</p>
      </div>
      {fault !== null && fault.code !== 'SIGN_IN_CANCELLED' && <FaultNotice fault={fault} />}
      {fault === null && browser.fault !== null && browser.fault.code !== 'SIGN_IN_CANCELLED' && (
        <FaultNotice fault={browser.fault} />
      )}
      <div>
        <Button
          fullWidth
          size="lg"
          leftSection={<IconBrowser size={20} stroke={1.75} />}
          loading={browser.busy}
          onClick={() => void browser.start()}
        >
          {t('signIn.browser')}
        </Button>
        <p className={styles.hint}>{t('signIn.browserHint')}</p>
      </div>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconKey size={18} stroke={1.75} />}
        onClick={() => setForm('token')}
      >
        {t('signIn.token')}
      </Button>
      <Anchor component="button" type="button" size="sm" onClick={() => setForm('app-pair')}>
        {t('signIn.appPair')}
      </Anchor>
    </div>
  );
}
