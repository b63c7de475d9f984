import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { leftToDo, type RebuildReport } from '../../../src-preload/contract/recovery.ts';
import { useFormats } from '../../context.ts';
import styles from './recovery.module.css';

interface RebuiltProps {
  readonly report: RebuildReport;
  readonly onDone: () => void;
}

/** What came back after the record of the library was rebuilt, and what is left for the person to do. */
export function Rebuilt({ report, onDone }: RebuiltProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { source, backupDayMs, folder, folderThere, tracks, setAside } = report;
  const date = formats.date((backupDayMs ?? 0) / 1000);
  const amount = formats.count(tracks);
  return (
    <>
      <h1>{t(source === 'empty' ? 'rebuild.emptyTitle' : 'rebuild.doneTitle')}</h1>
      <div className={styles.report} role="status">
        <p>{t(`rebuild.from.${source}`, { date })}</p>
        {folder !== null && (
          <p>
            {folderThere
              ? t('rebuild.tracks', { count: tracks, amount, folder })
              : t('rebuild.folderAway', { folder })}
          </p>
        )}
        {setAside !== null && <p>{t('rebuild.setAside', { name: setAside })}</p>}
        <p className={styles.promise}>{t(`rebuild.next.${leftToDo(report)}`)}</p>
      </div>
      <Button onClick={onDone} autoFocus>
        {t('rebuild.goOn')}
      </Button>
    </>
  );
}
