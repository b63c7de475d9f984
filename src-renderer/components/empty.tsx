import type { ReactNode } from 'react';
import styles from './empty.module.css';

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  /** Whether it is the whole page, and its title the page's. */
  readonly page?: boolean;
  readonly children?: ReactNode;
}

/** A page or list with nothing in it: why, and what to do. */
export function Empty({ icon, title, text, page = false, children }: EmptyProps) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={styles.empty}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.text}>{text}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
