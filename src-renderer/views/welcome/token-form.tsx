import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './welcome.module.css';

const SHORTEST_TOKEN = 8;

/** Signing in with a token the person already has. */
export function TokenForm({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const [token, setToken] = useState('');
  const signIn = useCall(bridge.signInWithToken, 'keep');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await signIn.start({ token: token.trim() });
    if (answer === null) onBack();
  };
  return (
    <form className={styles.panel} onSubmit={(event) => void submit(event)}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{t('token.title')}</h2>
        <p className={styles.hint}>{t('token.help')}</p>
      </div>
      {signIn.fault !== null && <FaultNotice fault={signIn.fault} />}
      <PasswordInput
        label={t('token.label')}
        value={token}
        data-autofocus
        autoFocus
        autoComplete="off"
        spellCheck={false}
        disabled={signIn.busy}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <div className={styles.row}>
        <Button type="submit" loading={signIn.busy} disabled={token.trim().length < SHORTEST_TOKEN}>
          {t('token.submit')}
        </Button>
        <Button variant="subtle" disabled={signIn.busy} onClick={onBack}>
          {t('app.back')}
        </Button>
      </div>
    </form>
  );
}
