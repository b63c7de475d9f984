import { Button } from '@mantine/core';
import { IconExternalLink, IconLogout, IconShieldLock, IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './account.module.css';
import { AddAccount } from './add-account.tsx';
import { Avatar } from './avatar.tsx';
import { countryName } from './country.ts';
import { OtherAccounts } from './other-accounts.tsx';
import { SignOut } from './sign-out.tsx';

/** Who is signed in, what they have, where that is kept; other accounts; and the way out. */
export function AccountPage() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const account = useMirror((mirror) => mirror.account);
  const demo = useMirror((mirror) => mirror.app.demo);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const openPage = useCall(bridge.openPage);
  const leaveDemo = useCall(bridge.leaveDemo);
  const country = useCountry(account?.country ?? null);
  if (account === null) return null;
  return (
    <div className={styles.page}>
      <header className={styles.who}>
        <Avatar name={account.name} size="large" />
        <div>
          <h1 className={styles.name}>{account.name}</h1>
          <p className={styles.quiet}>
            {demo
              ? t('account.demo')
              : account.signedIn
                ? t('account.signedIn')
                : t('account.signedOut')}
          </p>
        </div>
      </header>
      <dl className={styles.facts}>
        <div className={styles.fact}>
          <dt>{t('account.plan')}</dt>
          <dd>
            {account.plan ?? t('account.purchasesOnly')}
            {account.plan === null && <p className={styles.quiet}>{t('account.planText')}</p>}
          </dd>
        </div>
        {country !== null && (
          <div className={styles.fact}>
            <dt>{t('account.country')}</dt>
            <dd>{country}</dd>
          </div>
        )}
        <div className={styles.fact}>
          <dt>{t('account.keptTitle')}</dt>
          <dd className={styles.kept}>
            <IconShieldLock size={18} stroke={1.6} aria-hidden="true" />
            {t(`account.kept.${account.credentialStore}`)}
          </dd>
        </div>
      </dl>
      {demo ? (
        <div className={styles.actions}>
          <Button
            variant="default"
            leftSection={<IconLogout size={18} stroke={1.75} />}
            loading={leaveDemo.busy}
            onClick={() => void leaveDemo.start()}
          >
            {t('settings.demo.leave')}
          </Button>
        </div>
      ) : (
        <>
          <div className={styles.actions}>
            {!account.signedIn && (
              <Button onClick={() => setAdding(true)}>{t('account.signInAgain')}</Button>
            )}
            <Button
              variant="default"
              leftSection={<IconExternalLink size={18} stroke={1.75} />}
              onClick={() => void openPage.start({ page: 'qobuz-purchases' })}
            >
              {t('account.onQobuz')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconLogout size={18} stroke={1.75} />}
              onClick={() => setLeaving(true)}
            >
              {t('account.signOut')}
            </Button>
          </div>
          <section className={styles.others} aria-labelledby="other-accounts">
            <h2 className={styles.heading} id="other-accounts">
              {t('account.others')}
            </h2>
            <p className={styles.quiet}>{t('account.othersText')}</p>
            <OtherAccounts />
            <div>
              <Button
                variant="default"
                leftSection={<IconUserPlus size={18} stroke={1.75} />}
                onClick={() => setAdding(true)}
              >
                {t('account.add')}
              </Button>
            </div>
          </section>
        </>
      )}
      <AddAccount opened={adding} onClose={() => setAdding(false)} />
      <SignOut opened={leaving} onClose={() => setLeaving(false)} />
    </div>
  );
}

/** A country in the person's language; a code nobody knows stays as it is. */
function useCountry(code: string | null): string | null {
  const { i18n } = useTranslation();
  return useMemo(() => countryName(code, i18n.language), [code, i18n.language]);
}
