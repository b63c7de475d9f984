import styles from './account.module.css';

/** The first letter of a name; the name itself stands beside it. */
export function Avatar({
  name,
  size = 'small',
}: {
  readonly name: string;
  readonly size?: 'small' | 'large';
}) {
  return (
    <span className={styles.avatar} data-size={size} aria-hidden="true">
      {[...name][0]?.toUpperCase() ?? '·'}
    </span>
  );
}
