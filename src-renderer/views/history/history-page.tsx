import { Button, Loader } from '@mantine/core';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useNavigation } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import styles from './history.module.css';
import { RunRow } from './run-row.tsx';
import { useHistory } from './use-history.ts';

/** Every run there was, newest first, with what it did and the albums it touched. */
export function HistoryPage() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const history = useHistory();
  const back = (
    <Button
      variant="subtle"
      leftSection={<IconArrowLeft size={18} stroke={1.75} />}
      onClick={() => goTo(navigation, 'activity')}
    >
      {t('nav.activity')}
    </Button>
  );
  if (history.runs?.length === 0) {
    return (
      <Empty
        page
        icon={<IconHistory size={32} stroke={1.5} />}
        title={t('history.empty.title')}
        text={t('history.empty.text')}
      >
        {back}
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('history.title')}</h1>
        {back}
      </div>
      {history.runs === null && history.fault === null && (
        <div className={styles.waiting} aria-busy="true">
          <Loader size="sm" aria-label={t('history.loading')} />
        </div>
      )}
      {history.runs !== null && (
        <ul className={styles.list}>
          {history.runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
      {history.fault !== null && (
        <FaultNotice fault={history.fault}>
          <Button size="sm" onClick={() => void history.loadMore()}>
            {t('app.tryAgain')}
          </Button>
        </FaultNotice>
      )}
      {history.more && (
        <div className={styles.more}>
          <Button variant="default" loading={history.busy} onClick={() => void history.loadMore()}>
            {t('history.older')}
          </Button>
        </div>
      )}
    </>
  );
}
