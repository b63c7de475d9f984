import styles from './wordmark.module.css';

/** The mark: two sleeves in a crate. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect x="7" y="3.5" width="12" height="14" rx="1.5" fill="var(--c-warn-mark)" />
      <rect x="12.5" y="6" width="13" height="13" rx="1.5" fill="var(--c-accent)" />
      <circle cx="19" cy="12.5" r="3.4" stroke="var(--c-side)" strokeWidth="1.4" />
      <path
        d="M3.5 14.5h25l-1.6 12.2a2.4 2.4 0 0 1-2.4 2.1h-17a2.4 2.4 0 0 1-2.4-2.1L3.5 14.5Z"
        fill="var(--c-text)"
      />
      <path d="M5.4 20.4h21.2M6.1 24.6h19.8" stroke="var(--c-side)" strokeWidth="1.3" />
    </svg>
  );
}

/** The mark and the name. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <Mark />
      <span>Crateful</span>
    </span>
  );
}
