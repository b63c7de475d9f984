import { useMirror } from '../../context.ts';
import { isActive, isMoving } from '../../store/selectors.ts';

/** What keeps files of the library from being moved by hand: something else moves them. */
export type Hold = 'syncing' | 'moving';

/** See {@link Hold}; null when nothing does. Sentences under `care.held`. */
export const useHold = (): Hold | null =>
  useMirror((mirror) => {
    if (isActive(mirror.run)) return 'syncing';
    return isMoving(mirror) ? 'moving' : null;
  });
