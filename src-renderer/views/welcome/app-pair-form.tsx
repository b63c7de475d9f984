import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './welcome.module.css';

interface AppPairFormProps {
  readonly onBack?: () => void;
  /** False where the page around it already says what this is. */
  readonly titled?: boolean;
}

/**
 * The person's own app id and secret. Both or none: both empty goes back to finding them automatically.
 * What is stored never comes back to the page, so the fields start empty.
 */
export function AppPairForm({ onBack, titled = true }: AppPairFormProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const own = useMirror((mirror) => mirror.app.ownAppCredentials);
  const [appId, setAppId] = useState('');
  const [appSecret, setAppSecret] = useState('');
  const [told, setTold] = useState<'saved' | 'accepted' | null>(null);
  const save = useCall(bridge.setAppCredentials, 'keep');
  const test = useCall(bridge.testAppCredentials, 'keep');
  const half = (appId.trim() === '') !== (appSecret.trim() === '');
  const empty = appId.trim() === '' && appSecret.trim() === '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (half) return;
    setTold(null);
    test.clear();
    const answer = await save.start({ appId: appId.trim(), appSecret: appSecret.trim() });
    if (answer !== null) return;
    setAppId('');
    setAppSecret('');
    setTold('saved');
  };
  const tryOut = async (): Promise<void> => {
    setTold(null);
    save.clear();
    const answer = await test.start({ appId: appId.trim(), appSecret: appSecret.trim() });
    if (answer === null) setTold('accepted');
  };
  const fault = save.fault ?? test.fault;
  return (
    <form className={styles.panel} onSubmit={(event) => void submit(event)}>
      {titled && (
        <div className={styles.panelHead}>
          <h2 className={styles.panelTitle}>{t('settings.items.appPair.name')}</h2>
          <p className={styles.hint}>{t('settings.items.appPair.help')}</p>
        </div>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
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
        <Button
          variant="default"
          loading={test.busy}
          disabled={half || empty}
          onClick={() => void tryOut()}
        >
          {t('appPair.test')}
        </Button>
        {onBack !== undefined && (
          <Button variant="subtle" onClick={onBack}>
            {t('app.back')}
          </Button>
        )}
      </div>
      <p className={styles.saved} role="status">
        {told === null ? (own ? t('appPair.inUse') : '') : t(`appPair.${told}`)}
      </p>
    </form>
  );
}
