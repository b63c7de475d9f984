import type { FormatId } from '../../src-preload/contract/formats.ts';
import { type FormatBadge, formatBadges } from '../format.ts';
import styles from './format-badges.module.css';

/** Badges of what the shop delivers of an album, best first. */
export function FormatBadges({ formatIds }: { readonly formatIds: readonly FormatId[] }) {
  return (
    <>
      {formatBadges(formatIds).map((badge) => (
        <Badge key={badge.label} badge={badge} />
      ))}
    </>
  );
}

/** One format's badge. */
export function Badge({ badge }: { readonly badge: FormatBadge }) {
  return (
    <span className={styles.badge} data-kind={badge.kind}>
      {badge.label}
    </span>
  );
}
