import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import styles from './album-line.module.css';
import { Cover } from './cover.tsx';

interface AlbumLineProps {
  readonly albumId: AlbumId;
  readonly hasCover: boolean;
  readonly title: string;
  readonly subtitle: string;
  readonly open: boolean;
  readonly onToggle: (albumId: AlbumId) => void;
  /** Whether what stands at the end may take a second line in a narrow window. */
  readonly wraps?: boolean;
  /** For lists that choose with the arrow keys which of their rows Tab leads to. */
  readonly tabIndex?: 0 | -1;
  /** What stands at the end of the line: counts, chips. */
  readonly children?: ReactNode;
}

/** An album as a line of a list; opens and closes what belongs to it. */
export function AlbumLine(props: AlbumLineProps) {
  const { albumId, hasCover, title, subtitle, open, onToggle, wraps = false, children } = props;
  const { tabIndex } = props;
  return (
    <button
      type="button"
      className={styles.line}
      data-wraps={wraps || undefined}
      data-handle={tabIndex === undefined ? undefined : true}
      tabIndex={tabIndex}
      aria-expanded={open}
      onClick={() => onToggle(albumId)}
    >
      <span className={styles.thumb}>
        <Cover albumId={albumId} hasCover={hasCover} />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.subtitle}>{subtitle}</span>
      </span>
      {children}
      <IconChevronRight className={styles.chevron} size={16} stroke={2} aria-hidden="true" />
    </button>
  );
}
