import { Anchor, Button } from '@mantine/core';
import { IconAppWindow, IconBrowser, IconKey } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { AppPairForm } from './app-pair-form.tsx';
import { KeepingChoice } from './keeping-choice.tsx';
import { TokenForm } from './token-form.tsx';
import { WaitingForBrowser } from './waiting-for-browser.tsx';
import styles from './welcome.module.css';

/** Signing in, whatever the way and wherever it stands; used on the first page and when a session ended. */
export function SignInPanel() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const { state, error, keeping } = useMirror((mirror) => mirror.signIn);
  const [form, setForm] = useState<'token' | 'app-pair' | null>(null);
  const [way, setWay] = useState<'browser' | 'window'>('browser');
  const [more, setMore] = useState(false);
  const browser = useCall(bridge.signInWithBrowser, 'keep');
  const ownWindow = useCall(bridge.signInWithWindow, 'keep');
  const fault = (state === 'failed' ? error : null) ?? browser.fault ?? ownWindow.fault;
  useEffect(() => {
    if (state === 'waiting-for-browser') setForm(null);
  }, [state]);
  const begin = (chosen: 'browser' | 'window'): void => {
    setWay(chosen);
    browser.clear();
    ownWindow.clear();
    void (chosen === 'browser' ? browser : ownWindow).start();
  };

  if (keeping === 'undecided') return <KeepingChoice />;
  if (form === 'app-pair') return <AppPairForm onBack={() => setForm(null)} />;
  if (form === 'token') return <TokenForm onBack={() => setForm(null)} />;
  if (state !== 'idle' && state !== 'failed') return <WaitingForBrowser state={state} way={way} />;

  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{t('signIn.title')}</h2>
        <p className={styles.hint}>{t('signIn.anyAccount')}</p>
        {keeping === 'session' && <p className={styles.hint}>{t('signIn.keeping.chosen')}</p>}
      </div>
      {fault !== null && fault.code !== 'SIGN_IN_CANCELLED' && <FaultNotice fault={fault} />}
      <div>
        <Button
          fullWidth
          size="lg"
          leftSection={<IconBrowser size={20} stroke={1.75} />}
          loading={browser.busy}
          onClick={() => begin('browser')}
        >
          {t('signIn.browser')}
        </Button>
        <p className={styles.hint}>{t('signIn.browserHint')}</p>
      </div>
      <div>
        <Button
          variant="default"
          fullWidth
          leftSection={<IconAppWindow size={18} stroke={1.75} />}
          loading={ownWindow.busy}
          onClick={() => begin('window')}
        >
          {t('signIn.window')}
        </Button>
        <p className={styles.hint}>{t('signIn.windowHint')}</p>
      </div>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconKey size={18} stroke={1.75} />}
        onClick={() => setForm('token')}
      >
        {t('signIn.token')}
      </Button>
      <Anchor
        component="button"
        type="button"
        size="sm"
        aria-expanded={more}
        onClick={() => setMore(!more)}
      >
        {more ? t('signIn.less') : t('signIn.more')}
      </Anchor>
      {more && (
        <Anchor component="button" type="button" size="sm" onClick={() => setForm('app-pair')}>
          {t('signIn.appPair')}
        </Anchor>
      )}
    </div>
  );
}
