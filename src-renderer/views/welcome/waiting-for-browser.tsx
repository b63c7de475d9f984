import { Anchor, Button, Loader, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInView } from '../../../src-preload/contract/views.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './welcome.module.css';

interface WaitingProps {
  readonly state: Exclude<SignInView['state'], 'idle' | 'failed'>;
}

/** While the person signs in in the browser; offers the address field for when the way back is blocked. */
export function WaitingForBrowser({ state }: WaitingProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const [pasting, setPasting] = useState(false);
  const [address, setAddress] = useState('');
  const submit = useCall(bridge.submitSignInAddress, 'keep');
  const cancel = useCall(bridge.cancelSignIn);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void submit.start({ address: address.trim() });
  };
  const waiting = state === 'waiting-for-browser';
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead} role="status">
        <Loader size="sm" aria-hidden="true" />
        <h2 className={styles.panelTitle}>{t(`signIn.states.${state}.title`)}</h2>
        <p className={styles.hint}>{t(`signIn.states.${state}.text`)}</p>
      </div>
      {waiting && !pasting && (
        <Anchor component="button" type="button" size="sm" onClick={() => setPasting(true)}>
          {t('signIn.stuck')}
        </Anchor>
      )}
      {waiting && pasting && (
        <form className={styles.paste} onSubmit={send}>
          {submit.fault !== null && <FaultNotice fault={submit.fault} />}
          <TextInput
            label={t('signIn.address')}
            description={t('signIn.addressHelp')}
            placeholder="http://localhost:…"
            value={address}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="light"
            loading={submit.busy}
            disabled={address.trim() === ''}
          >
            {t('signIn.useAddress')}
          </Button>
        </form>
      )}
      <div className={styles.row}>
        <Button variant="default" loading={cancel.busy} onClick={() => void cancel.start()}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}
