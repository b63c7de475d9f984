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
  readonly way: 'browser' | 'window';
}

/**
 * While the person signs in elsewhere. The browser may not find the way back, so that the address it ended on can
 * be given by hand; a window of ours needs no way back.
 */
export function WaitingForBrowser({ state, way }: WaitingProps) {
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
  const elsewhere = state === 'waiting-for-browser';
  const waiting = elsewhere && way === 'browser';
  const words =
    elsewhere && way === 'window'
      ? { title: t('signIn.inWindow.title'), text: t('signIn.inWindow.text') }
      : { title: t(`signIn.states.${state}.title`), text: t(`signIn.states.${state}.text`) };
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead} role="status">
        <Loader size="sm" aria-hidden="true" />
        <h2 className={styles.panelTitle}>{words.title}</h2>
        <p className={styles.hint}>{words.text}</p>
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
