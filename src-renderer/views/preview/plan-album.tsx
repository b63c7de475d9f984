import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { AlbumPlan, PlanAction } from '../../../src-preload/contract/plan.ts';
import { displayAlbumTitle } from '../../../src-preload/contract/titles.ts';
import { AlbumLine } from '../../components/album-line.tsx';
import { useFormats, useMirror } from '../../context.ts';
import { actionCounts } from './plan-rows.ts';
import styles from './preview.module.css';

const ORDER: readonly PlanAction[] = ['download', 'replace', 'adopt', 'keep', 'unavailable'];

interface PlanAlbumProps {
  readonly plan: AlbumPlan;
  readonly open: boolean;
  readonly onToggle: (albumId: AlbumId) => void;
}

/** An album of the plan: what will happen to it in a line. */
export function PlanAlbum({ plan, open, onToggle }: PlanAlbumProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const album = useMirror((mirror) => mirror.albums.get(plan.albumId));
  const counts = actionCounts(plan);
  return (
    <AlbumLine
      albumId={plan.albumId}
      hasCover={album?.hasCover ?? false}
      title={album ? displayAlbumTitle(album) : plan.folder}
      subtitle={plan.folder}
      open={open}
      onToggle={onToggle}
      wraps
    >
      <span className={styles.albumActions}>
        {ORDER.filter((action) => counts[action] > 0).map((action) => (
          <span key={action} className={styles.chip} data-action={action}>
            {t(`preview.chips.${action}`, { amount: formats.count(counts[action]) })}
          </span>
        ))}
      </span>
    </AlbumLine>
  );
}
