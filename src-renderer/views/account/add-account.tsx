import { Modal } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../context.ts';
import { SignInPanel } from '../welcome/sign-in-panel.tsx';
import styles from './account.module.css';

interface AddAccountProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Signing in as somebody else, or again; closes by itself once that has worked. */
export function AddAccount({ opened, onClose }: AddAccountProps) {
  const { t } = useTranslation();
  const account = useMirror((mirror) => mirror.account);
  const before = useRef(account);
  useEffect(() => {
    const was = before.current;
    before.current = account;
    if (account?.signedIn && (was?.id !== account.id || !was.signedIn)) onClose();
  }, [account, onClose]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('account.add')}
      size={460}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      classNames={{ header: styles.plainHead, title: styles.hiddenTitle, body: styles.signIn }}
    >
      <SignInPanel />
    </Modal>
  );
}
