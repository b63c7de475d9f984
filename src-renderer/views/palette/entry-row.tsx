import { IconAdjustments, IconArrowRight, IconBolt, IconDisc } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Cover } from '../../components/cover.tsx';
import styles from './palette.module.css';
import type { Entry } from './use-entries.ts';

const ICONS = {
  action: IconBolt,
  page: IconArrowRight,
  setting: IconAdjustments,
  album: IconDisc,
} as const;

interface EntryRowProps {
  readonly id: string;
  readonly entry: Entry;
  /** Whether it begins its group. */
  readonly first: boolean;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

/** One line of the palette; the keyboard stays in the field and points at it from there. */
export function EntryRow({ id, entry, first, selected, onPoint, onChoose }: EntryRowProps) {
  const { t } = useTranslation();
  const Icon = ICONS[entry.group];
  return (
    <>
      {first && (
        <p className={styles.group} aria-hidden="true">
          {t(`palette.groups.${entry.group}`)}
        </p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard and Enter chooses there */}
      <div
        id={id}
        className={styles.entry}
        role="option"
        tabIndex={-1}
        aria-selected={selected}
        onMouseMove={onPoint}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
      >
        <span className={styles.mark}>
          {entry.target.kind === 'album' ? (
            <Cover albumId={entry.target.album.id} hasCover={entry.target.album.hasCover} />
          ) : (
            <Icon size={18} stroke={1.6} aria-hidden="true" />
          )}
        </span>
        <span className={styles.name}>{entry.name}</span>
        <span className={styles.note}>{entry.note}</span>
      </div>
    </>
  );
}
