import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PlanAction } from '../../../src-preload/contract/plan.ts';
import type { Preview } from '../../../src-preload/contract/views.ts';
import { Notice } from '../../components/notice.tsx';
import { useFormats } from '../../context.ts';
import styles from './preview.module.css';

/** The actions in the order in which they matter, and whether their sizes are estimates. */
const ACTIONS: readonly { readonly action: PlanAction; readonly estimate: boolean }[] = [
  { action: 'download', estimate: true },
  { action: 'replace', estimate: true },
  { action: 'keep', estimate: false },
  { action: 'adopt', estimate: false },
  { action: 'unavailable', estimate: true },
];

interface PlanCountsProps {
  readonly preview: Preview;
  /** Whether the folder's volume is too small for it. */
  readonly short: boolean;
}

/** The plan in numbers: files and sizes by action, and the room there is. */
export function PlanCounts({ preview, short }: PlanCountsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const needed = preview.counts.download.bytes + preview.counts.replace.bytes;
  return (
    <>
      <ul className={styles.counts}>
        {ACTIONS.map(({ action, estimate }) => {
          const { items, bytes } = preview.counts[action];
          return (
            <li
              key={action}
              className={styles.count}
              data-action={action}
              data-none={items === 0 || undefined}
            >
              <span className={styles.countName}>{t(`plan.actions.${action}`)}</span>
              <span className={styles.countValue}>{formats.count(items)}</span>
              <span className={styles.countSize}>
                {items === 0 || action === 'unavailable'
                  ? t(`preview.explain.${action}`)
                  : t('preview.filesOf', { count: items, size: formats.size(bytes, estimate) })}
              </span>
            </li>
          );
        })}
      </ul>
      {preview.freeBytes !== null && !short && (
        <p className={styles.room}>
          {t('preview.room', {
            needed: formats.size(needed, true),
            free: formats.bytes(preview.freeBytes),
          })}
        </p>
      )}
      {preview.freeBytes !== null && short && (
        <div className={styles.block}>
          <Notice
            tone="warn"
            icon={<IconAlertTriangle size={20} stroke={1.75} />}
            title={t('preview.short', {
              needed: formats.size(needed, true),
              free: formats.bytes(preview.freeBytes),
            })}
          >
            {t('preview.shortText')}
          </Notice>
        </div>
      )}
    </>
  );
}
