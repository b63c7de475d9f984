import { useState } from 'react';
import type { VerifyView } from '../../../src-preload/contract/album-view.ts';
import { useMirror } from '../../context.ts';

/** The verification that goes on or just ended, until somebody dismissed it. */
export function useVerifyNotice(): readonly [VerifyView | null, () => void] {
  const verify = useMirror((mirror) => mirror.verify);
  const [gone, setGone] = useState<VerifyView | null>(null);
  return [verify === gone ? null : verify, () => setGone(verify)];
}
