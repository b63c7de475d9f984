import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMirror, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './account.module.css';
import { Avatar } from './avatar.tsx';

/** The accounts Crateful knows beside the one in use, each to go on as. */
export function OtherAccounts() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const current = useMirror(({ account }) => account?.id ?? null);
  const accounts = useMirror((mirror) => mirror.accounts);
  const running = useMirror(({ run }) => isActive(run));
  const change = useCall(bridge.switchAccount);
  const others = accounts.filter(({ id }) => id !== current);
  if (others.length === 0) return null;
  return (
    <>
      <ul className={styles.list}>
        {others.map((other) => (
          <li key={other.id}>
            <button
              type="button"
              className={styles.other}
              disabled={running || change.busy}
              onClick={() => void change.start({ accountId: other.id })}
            >
              <Avatar name={other.name} />
              <span className={styles.otherWords}>
                <span className={styles.otherName}>
                  {t('account.goOnAs', { name: other.name })}
                </span>
                <span className={styles.quiet}>
                  {other.signedIn
                    ? (other.plan ?? t('account.purchasesOnly'))
                    : t('account.signedOut')}
                </span>
              </span>
              <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {running && <p className={styles.quiet}>{t('account.whileSyncing')}</p>}
    </>
  );
}
