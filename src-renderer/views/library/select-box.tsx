import { useRef } from 'react';
import styles from './select-box.module.css';

interface SelectBoxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly reachable: boolean;
  readonly onToggle: (event: { readonly shiftKey: boolean }) => void;
}

/** Takes an album into the selection; with Shift everything up to it. */
export function SelectBox({ label, checked, reachable, onToggle }: SelectBoxProps) {
  const shift = useRef(false);
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked}
      tabIndex={reachable ? 0 : -1}
      onClick={(event) => {
        shift.current = event.shiftKey;
        event.stopPropagation();
      }}
      onChange={() => onToggle({ shiftKey: shift.current })}
    />
  );
}
