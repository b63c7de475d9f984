import type { CSSProperties } from 'react';
import styles from './player.module.css';

interface RangeProps {
  readonly label: string;
  /** The value in words. */
  readonly text: string;
  readonly value: number;
  readonly most: number;
  /** How far an arrow key goes. */
  readonly step: number;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

/** A slider: the browser's own, for its keys and its words. */
export function Range({ label, text, value, most, step, disabled = false, onChange }: RangeProps) {
  return (
    <input
      type="range"
      className={styles.range}
      style={{ '--share': `${Math.min(1, value / most) * 100}%` } as CSSProperties}
      aria-label={label}
      aria-valuetext={text}
      min={0}
      max={most}
      step={1}
      value={Math.min(value, most)}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      onKeyDown={(event) => {
        const way = WAYS[event.key];
        if (way === undefined) return;
        event.preventDefault();
        onChange(Math.min(most, Math.max(0, value + way * step)));
      }}
    />
  );
}

const WAYS: Readonly<Record<string, 1 | -1>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};
