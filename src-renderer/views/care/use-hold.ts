import { useMirror } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';

/** What keeps files of the library from being moved by hand: something else moves them. */
export type Hold = 'syncing' | 'moving';

/** See {@link Hold}; null when nothing does. Sentences under `care.held`. */
export const useHold = (): Hold | null =>
  useMirror(({ run, move, step }) => {
    if (isActive(run)) return 'syncing';
    return move?.state === 'running' || step?.state === 'running' ? 'moving' : null;
  });
