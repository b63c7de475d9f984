import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { useFault } from '../use-fault.ts';
import { Notice } from './notice.tsx';

interface FaultNoticeProps {
  readonly fault: ErrorView;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** A fault in its place on a page: what happened, what to do, and the buttons to do it. */
export function FaultNotice({ fault, children }: FaultNoticeProps) {
  const { sentence, remedy } = useFault()(fault);
  return (
    <Notice
      tone="bad"
      icon={<IconAlertTriangle size={20} stroke={1.75} />}
      title={sentence}
      actions={children}
      role="alert"
    >
      {remedy}
    </Notice>
  );
}
