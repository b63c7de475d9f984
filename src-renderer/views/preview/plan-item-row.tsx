import { useTranslation } from 'react-i18next';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import { formatName } from '../../../src-preload/contract/formats.ts';
import type { PlanItem } from '../../../src-preload/contract/plan.ts';
import { useFormats } from '../../context.ts';
import styles from './preview.module.css';
import { useReason } from './use-reason.ts';

/** One file of the plan: what happens to it and why. */
export function PlanItemRow({ item }: { readonly item: PlanItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = useReason();
  const certain = item.action === 'keep' || item.action === 'adopt';
  const name = item.kind === 'track' ? item.title : t(`queue.kinds.${item.kind}`);
  return (
    <div className={styles.item} title={item.path}>
      <span className={styles.chip} data-action={item.action}>
        {t(`plan.actions.${item.action}`)}
      </span>
      <span className={styles.itemWords}>
        <span className={styles.itemTitle}>{name}</span>
        <span className={styles.itemReason}>
          {reason(item)}
          {item.substitution !== null &&
            item.formatId !== null &&
            ` ${t('preview.insteadOf', {
              planned: formatName(item.formatId),
              wanted: formatName(item.substitution.wanted),
            })}`}
        </span>
      </span>
      {item.formatId !== null && (
        <span className={styles.itemFormat}>{badgeOf(item.formatId).label}</span>
      )}
      <span className={styles.itemSize}>
        {item.action === 'unavailable' ? '' : formats.size(item.bytes, !certain)}
      </span>
    </div>
  );
}
