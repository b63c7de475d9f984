import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone: 'quiet' | 'warn' | 'bad';
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}

/** A block that tells something about the page it stands on. */
export function Notice({ tone, icon, title, actions, role, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && <p className={styles.text}>{children}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
