import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PROXY_ADDRESS, PROXY_MODES } from '../../../src-preload/contract/setting-values.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { AppPairForm } from '../welcome/app-pair-form.tsx';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useSave } from './use-save.ts';

/** The way to Qobuz. */
export function NetworkSection() {
  const { t } = useTranslation();
  const demo = useMirror((mirror) => mirror.app.demo);
  return (
    <>
      <ProxySetting />
      <Setting id="appPair">
        {demo ? (
          <p className={styles.state}>{t('settings.notInDemo')}</p>
        ) : (
          <AppPairForm titled={false} />
        )}
      </Setting>
    </>
  );
}

/** A proxy of one's own holds once it has an address; until then the way before stays. */
function ProxySetting() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  const [mode, setMode] = useState(settings.proxyMode);
  const [address, setAddress] = useState(settings.proxyAddress);
  const [user, setUser] = useState(settings.proxyUser);
  const [problem, setProblem] = useState<'malformed' | 'missing' | null>(null);
  useEffect(() => setMode(settings.proxyMode), [settings.proxyMode]);
  useEffect(() => setAddress(settings.proxyAddress), [settings.proxyAddress]);
  useEffect(() => setUser(settings.proxyUser), [settings.proxyUser]);

  const choose = (value: string): void => {
    const wanted = PROXY_MODES.find((one) => one === value);
    if (wanted === undefined) return;
    setMode(wanted);
    setProblem(null);
    if (wanted !== 'manual' || settings.proxyAddress !== '') save({ proxyMode: wanted });
  };
  const keepAddress = (): void => {
    const wanted = address.trim();
    if (wanted === '') setProblem('missing');
    else if (!PROXY_ADDRESS.test(wanted)) setProblem('malformed');
    else {
      setProblem(null);
      if (wanted !== settings.proxyAddress || settings.proxyMode !== 'manual') {
        save({ proxyMode: 'manual', proxyAddress: wanted });
      }
    }
  };
  const keepUser = (): void => {
    if (user.trim() !== settings.proxyUser) save({ proxyUser: user.trim() });
  };
  return (
    <Setting
      id="proxy"
      control={
        <SegmentedControl
          aria-label={t('settings.items.proxy.name')}
          value={mode}
          onChange={choose}
          data={PROXY_MODES.map((value) => ({ value, label: t(`settings.proxy.${value}`) }))}
        />
      }
    >
      {mode === 'manual' && (
        <div className={styles.fields}>
          <TextInput
            label={t('settings.proxy.address')}
            description={t('settings.proxy.addressHelp')}
            placeholder="http://proxy.example:8080"
            value={address}
            autoComplete="off"
            spellCheck={false}
            maxLength={255}
            error={problem === null ? undefined : t(`settings.proxy.${problem}`)}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              setProblem(null);
            }}
            onBlur={keepAddress}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keepAddress();
            }}
          />
          <TextInput
            label={t('settings.proxy.user')}
            description={t('settings.proxy.userHelp')}
            value={user}
            autoComplete="off"
            spellCheck={false}
            maxLength={255}
            onChange={(event) => setUser(event.currentTarget.value)}
            onBlur={keepUser}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keepUser();
            }}
          />
          <ProxyPassword />
        </div>
      )}
    </Setting>
  );
}

/** The password goes to the credential store and never comes back. */
function ProxyPassword() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const [password, setPassword] = useState('');
  const kept = useMirror(({ network }) => network.proxyPasswordSet);
  const keep = useCall(bridge.setProxyPassword, 'keep');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await keep.start({ password })) !== undefined) setPassword('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {keep.fault !== null && <FaultNotice fault={keep.fault} />}
      <div className={styles.beside}>
        <PasswordInput
          className={styles.grow}
          label={t('settings.proxy.password')}
          description={t('settings.proxy.passwordHelp')}
          value={password}
          autoComplete="off"
          maxLength={1024}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={keep.busy}
          disabled={password === '' && !kept}
        >
          {password === '' && kept ? t('settings.proxy.forget') : t('settings.proxy.keep')}
        </Button>
      </div>
      <p className={styles.state} role="status">
        {kept ? t('settings.proxy.kept') : t('settings.proxy.removed')}
      </p>
    </form>
  );
}
