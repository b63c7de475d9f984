import { IconArrowsExchange } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatName } from '../../../src-preload/contract/formats.ts';
import type { AlbumPlan } from '../../../src-preload/contract/plan.ts';
import { Notice } from '../../components/notice.tsx';
import { useFormats } from '../../context.ts';
import { substitutionsOf } from './plan-rows.ts';
import styles from './preview.module.css';

/** Every format that is not the preferred one, named before anything is fetched (architecture §3). */
export function Substitutions({ albums }: { readonly albums: readonly AlbumPlan[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const substitutions = useMemo(() => substitutionsOf(albums), [albums]);
  if (substitutions.length === 0) return null;
  return (
    <div className={styles.block}>
      <Notice
        tone="quiet"
        icon={<IconArrowsExchange size={20} stroke={1.75} />}
        title={t('preview.substitutions')}
      >
        {substitutions.map(({ wanted, planned, items }) => (
          <span key={`${wanted}/${planned}`} className={styles.substitution}>
            {t('preview.substitution', {
              count: items,
              amount: formats.count(items),
              planned: formatName(planned),
              wanted: formatName(wanted),
            })}
          </span>
        ))}
      </Notice>
    </div>
  );
}
