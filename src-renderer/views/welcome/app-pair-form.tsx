import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './welcome.module.css';

/**
 * The person's own app id and secret. Both or none: both empty goes back to finding them automatically.
 * What is stored never comes back to the page, so the fields start empty.
 */
export function AppPairForm({ onBack }: { readonly onBack?: () => void }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const own = useMirror((mirror) => mirror.app.ownAppCredentials);
  const [appId, setAppId] = useState('');
  const [appSecret, setAppSecret] = useState('');
  const [saved, setSaved] = useState(false);
  const save = useCall(bridge.setAppCredentials, 'keep');
  const half = (appId.trim() === '') !== (appSecret.trim() === '');
  const empty = appId.trim() === '' && appSecret.trim() === '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (half) return;
    setSaved(false);
    const answer = await save.start({ appId: appId.trim(), appSecret: appSecret.trim() });
    if (answer !== null) return;
    setAppId('');
    setAppSecret('');
    setSaved(true);
  };
  return (
    <form className={styles.panel} onSubmit={(event) => void submit(event)}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{t('appPair.title')}</h2>
        <p className={styles.hint}>{t('appPair.help')}</p>
      </div>
      {save.fault !== null && <FaultNotice fault={save.fault} />}
      <TextInput
        label={t('appPair.id')}
        value={appId}
        autoComplete="off"
        spellCheck={false}
        maxLength={32}
        onChange={(event) => setAppId(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('appPair.secret')}
        value={appSecret}
        autoComplete="off"
        spellCheck={false}
        maxLength={128}
        error={half ? t('appPair.both') : undefined}
        onChange={(event) => setAppSecret(event.currentTarget.value)}
      />
      <div className={styles.row}>
        <Button
          type="submit"
          variant={empty ? 'default' : 'filled'}
          loading={save.busy}
          disabled={half || (empty && !own)}
        >
          {empty && own ? t('appPair.automatic') : t('appPair.save')}
        </Button>
        {onBack !== undefined && (
          <Button variant="subtle" onClick={onBack}>
            {t('app.back')}
          </Button>
        )}
      </div>
      <p className={styles.saved} role="status">
        {saved ? t('appPair.saved') : own ? t('appPair.inUse') : ''}
      </p>
    </form>
  );
}
