import { type FormatBadge, formatBadges } from '../../src-preload/contract/format.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import styles from './format-badges.module.css';

interface FormatBadgesProps {
  readonly formatIds: readonly FormatId[];
  /** How many there is room for. */
  readonly most?: number;
}

/** Badges of what the shop delivers of an album, best first. */
export function FormatBadges({ formatIds, most }: FormatBadgesProps) {
  return (
    <>
      {formatBadges(formatIds)
        .slice(0, most)
        .map((badge) => (
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
