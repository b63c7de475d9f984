import { Anchor, Button } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './welcome.module.css';

/** Before any way of signing in where nothing would keep it: what that means, and the person's choice. */
export function KeepingChoice() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const choose = useCall(bridge.keepForSession, 'keep');
  const [told, setTold] = useState(false);
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{t('signIn.title')}</h2>
      </div>
      <Notice
        tone="warn"
        icon={<IconShieldOff size={20} stroke={1.75} />}
        title={t('signIn.keeping.title')}
        role="status"
      >
        {t('signIn.keeping.text')}
      </Notice>
      {choose.fault !== null && <FaultNotice fault={choose.fault} />}
      <Button fullWidth size="lg" loading={choose.busy} onClick={() => void choose.start()}>
        {t('signIn.keeping.choose')}
      </Button>
      <Anchor
        component="button"
        type="button"
        size="sm"
        aria-expanded={told}
        onClick={() => setTold(!told)}
      >
        {t('signIn.keeping.how')}
      </Anchor>
      {told && <p className={styles.hint}>{t('signIn.keeping.steps')}</p>}
    </div>
  );
}
