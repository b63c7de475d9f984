import styles from './bar.module.css';

interface BarProps {
  /** Between 0 and 1; null while it cannot be said. */
  readonly share: number | null;
  readonly label: string;
  readonly size?: 'thin' | 'thick';
  readonly tone?: 'accent' | 'quiet' | 'bad';
}

/** A progress bar. */
export function Bar({ share, label, size = 'thin', tone = 'accent' }: BarProps) {
  const percent = share === null ? undefined : Math.floor(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={styles.track}
      data-size={size}
      data-tone={tone}
      data-unknown={share === null || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div
        className={styles.fill}
        style={share === null ? undefined : { transform: `scaleX(${Math.min(1, share)})` }}
      />
    </div>
  );
}
