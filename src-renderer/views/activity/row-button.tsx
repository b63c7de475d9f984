import type { ReactNode } from 'react';
import styles from './queue.module.css';

interface RowButtonProps {
  readonly label: string;
  /** What a pointer shows; the label without what it belongs to. */
  readonly hint: string;
  readonly tabbable: boolean;
  readonly opensMenu?: boolean;
  readonly onPress: (element: HTMLElement) => void;
  readonly children: ReactNode;
}

/** A small button at the end of a row; light, because there are two in each of many rows. */
export function RowButton(props: RowButtonProps) {
  const { label, hint, tabbable, opensMenu = false, onPress, children } = props;
  return (
    <button
      type="button"
      className={styles.rowButton}
      aria-label={label}
      aria-haspopup={opensMenu ? 'menu' : undefined}
      title={hint}
      tabIndex={tabbable ? 0 : -1}
      onClick={(event) => onPress(event.currentTarget)}
    >
      {children}
    </button>
  );
}
