import { Menu } from '@mantine/core';
import {
  IconExternalLink,
  IconLogout,
  IconSelector,
  IconSettings,
  IconShieldLock,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './sidebar.module.css';

/** Who is signed in, what they have, where that is kept; and the way to settings and out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const account = useMirror((mirror) => mirror.account);
  const demo = useMirror((mirror) => mirror.app.demo);
  const version = useMirror((mirror) => mirror.app.version);
  const running = useMirror(({ run }) => isActive(run));
  const signOut = useCall(bridge.signOut);
  const openPage = useCall(bridge.openPage);
  if (account === null) return null;
  return (
    // In the side bar itself, so that it belongs to a landmark.
    <Menu
      position="top-start"
      width={240}
      shadow="md"
      offset={8}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className={styles.account}>
          <span className={styles.avatar} aria-hidden="true">
            {[...account.name][0]?.toUpperCase() ?? '·'}
          </span>
          <span className={styles.accountWords}>
            <span className={styles.accountName}>{account.name}</span>
            <span className={styles.accountPlan}>{account.plan ?? t('account.purchasesOnly')}</span>
          </span>
          <IconSelector className={styles.accountIcon} size={16} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.kept}>
          <IconShieldLock className={styles.keptIcon} size={18} stroke={1.6} aria-hidden="true" />
          <span>{t(`account.kept.${account.credentialStore}`)}</span>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={16} stroke={1.75} />}
          onClick={() => navigation.setState({ settingsOpen: true })}
        >
          {t('settings.title')}
        </Menu.Item>
        {!demo && (
          <Menu.Item
            leftSection={<IconExternalLink size={16} stroke={1.75} />}
            onClick={() => void openPage.start({ page: 'qobuz-purchases' })}
          >
            {t('account.onQobuz')}
          </Menu.Item>
        )}
        {!demo && (
          <Menu.Item
            leftSection={<IconLogout size={16} stroke={1.75} />}
            disabled={running}
            onClick={() => void signOut.start({ queue: 'keep' })}
          >
            {t('account.signOut')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <div className={styles.version}>{t('app.version', { version })}</div>
      </Menu.Dropdown>
    </Menu>
  );
}
