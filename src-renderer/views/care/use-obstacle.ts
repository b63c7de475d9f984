import { useMirror } from '../../context.ts';
import { type SyncObstacle, syncObstacle } from '../../store/selectors.ts';

/** What keeps files from being fetched. */
export type FetchObstacle = SyncObstacle | 'offline';

/** See {@link FetchObstacle}; null when nothing does. */
export const useObstacle = (): FetchObstacle | null =>
  useMirror((mirror) => (mirror.background.online ? syncObstacle(mirror) : 'offline'));
