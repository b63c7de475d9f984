import { useState } from 'react';
import type { VerifyView } from '../../../src-preload/contract/album-view.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useMirror } from '../../context.ts';

/**
 * Whether everything a check found has been fetched again since. What merely changed stays told: its album counts as
 * synced all along.
 */
const isHealed = (
  { state, findings, findingsTotal }: VerifyView,
  albums: ReadonlyMap<string, AlbumSummary>,
): boolean =>
  state !== 'running' &&
  findingsTotal > 0 &&
  findingsTotal === findings.length &&
  findings.every(
    ({ albumId, problem }) => problem !== 'changed' && albums.get(albumId)?.status === 'synced',
  );

/** The verification that goes on or just ended, until somebody dismissed it or what it found is healed. */
export function useVerifyNotice(): readonly [VerifyView | null, () => void] {
  const verify = useMirror((mirror) => mirror.verify);
  const healed = useMirror(({ verify: of, albums }) => of !== null && isHealed(of, albums));
  const [gone, setGone] = useState<VerifyView | null>(null);
  return [verify === gone || healed ? null : verify, () => setGone(verify)];
}
