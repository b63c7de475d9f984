import type { DuplicateMember } from '../../src-preload/contract/editions.ts';

/** What names a copy in a command: the track's id, or the album's for one that is a whole album. */
export const copyId = ({
  albumId,
  trackId,
}: Pick<DuplicateMember, 'albumId' | 'trackId'>): string => String(trackId ?? albumId);
