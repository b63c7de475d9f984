import { useCallback } from 'react';
import type { VerifyFinding, VerifyView } from '../../../src-preload/contract/album-view.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { type FetchObstacle, useObstacle } from './use-obstacle.ts';

/** Fetching again what a check found. */
export interface FetchAgain {
  /** Everything that was found, also beyond the list; or what was found of one album. */
  start(of: VerifyView | AlbumId): void;
  readonly busy: boolean;
  /** What keeps it from being pressed; null when nothing does. */
  readonly obstacle: FetchObstacle | null;
}

/** What merely changed is somebody's own file by now: a sync leaves it alone. */
export const isFetchable = ({ problem }: VerifyFinding): boolean => problem !== 'changed';

/** The albums of findings that a sync mends. */
const albumsOf = ({ findings }: VerifyView): AlbumId[] => [
  ...new Set(findings.filter(isFetchable).map(({ albumId }) => albumId)),
];

/** See {@link FetchAgain}. */
export function useFetchAgain(): FetchAgain {
  const { bridge } = useSurroundings();
  const sync = useCall(bridge.startSync);
  const obstacle = useObstacle();
  const { start: begin } = sync;
  const start = useCallback(
    (of: VerifyView | AlbumId) => {
      if (typeof of === 'string') return void begin({ albumIds: [of] });
      // A sync of everything fetches what is missing or damaged, listed or not.
      const all = of.findingsTotal > of.findings.length;
      void begin(all ? undefined : { albumIds: albumsOf(of) });
    },
    [begin],
  );
  return { start, busy: sync.busy, obstacle };
}
