import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import rows from './rows.module.css';
import type { Hold } from './use-hold.ts';

/** The sentence of {@link HoldNotice}, for the buttons it is about. */
const HOLD_ID = 'care-hold';

/** Says on top of a room why its buttons wait; nothing while they do not. */
export function HoldNotice({ hold }: { readonly hold: Hold | null }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {hold !== null && (
        <div className={rows.said}>
          <Notice
            tone="quiet"
            icon={<IconLock size={20} stroke={1.75} />}
            title={<span id={HOLD_ID}>{t(`care.held.${hold}`)}</span>}
          />
        </div>
      )}
    </div>
  );
}

interface HeldButtonProps extends ButtonProps {
  readonly 'aria-label'?: string;
  readonly hold: Hold | null;
  readonly onClick: () => void;
}

/**
 * A button that waits while something else moves the library's files, and says why to whoever points at it or comes to
 * it: it can be focused all the same, and keeps the keyboard's place when a sync begins.
 */
export function HeldButton({ hold, onClick, ...rest }: HeldButtonProps) {
  const { t } = useTranslation();
  const held = hold !== null;
  return (
    <Tooltip
      label={held && t(`care.held.${hold}`)}
      disabled={!held}
      multiline
      w={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <span>
        <Button
          {...rest}
          data-disabled={held || undefined}
          aria-disabled={held || undefined}
          aria-describedby={held ? HOLD_ID : undefined}
          onClick={held ? undefined : onClick}
        />
      </span>
    </Tooltip>
  );
}
