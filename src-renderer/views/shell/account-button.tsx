import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMirror, useNavigation } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { Avatar } from '../account/avatar.tsx';
import styles from './sidebar.module.css';

/** Who is signed in and what they have; leads to the account's page. */
export function AccountButton({ current }: { readonly current: boolean }) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const account = useMirror((mirror) => mirror.account);
  if (account === null) return null;
  return (
    <button
      type="button"
      className={styles.account}
      aria-current={current ? 'page' : undefined}
      onClick={() => goTo(navigation, 'account')}
    >
      <Avatar name={account.name} />
      <span className={styles.accountWords}>
        <span className={styles.accountName}>{account.name}</span>
        <span className={styles.accountPlan}>{account.plan ?? t('account.purchasesOnly')}</span>
      </span>
      <IconChevronRight className={styles.accountIcon} size={16} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
