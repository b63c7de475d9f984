import type { PlanItem } from '../../src-preload/contract/plan.ts';
import { displayAlbumTitle } from '../../src-preload/contract/titles.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * What a plan says of tracks that a list with gaps does not name: files that are there stay, and one item
 * stands for what nobody can name. Nothing for a complete list.
 */
export function planGaps(input: PlanInput, listed: readonly PlanItem[]): PlanItem[] {
  if (input.list === 'complete') return [];
  const kept = keepUnlisted(input, listed);
  const reason = missingReason(input, listed.length + kept.length);
  return reason ? [...kept, missingTracks(input, reason)] : kept;
}

/** Files of tracks that a list with gaps does not name: they are there, whatever the list says. */
function keepUnlisted(input: PlanInput, listed: readonly PlanItem[]): PlanItem[] {
  const named = new Set(listed.map((item) => item.trackId));
  return input.rows.flatMap((row): PlanItem[] => {
    const entry = input.disk.get(row.path);
    if (row.kind !== 'track' || named.has(row.trackId) || entry?.bytes !== row.bytes) return [];
    return [
      {
        ...missingTracks(input, 'present'),
        action: 'keep',
        trackId: row.trackId,
        title: row.path.slice(row.path.lastIndexOf('/') + 1),
        path: row.path,
        formatId: row.receipt.servedFormatId,
        bytes: row.bytes,
      },
    ];
  });
}

/** Why tracks of an album bought whole are not in its plan; null when all are. */
function missingReason(
  { owned, list }: PlanInput,
  planned: number,
): 'withdrawn' | 'pre-order' | 'list-incomplete' | null {
  const { whole, album } = owned;
  if (!whole || list === 'complete') return null;
  if (list === 'lost') return planned > 0 && planned >= album.trackCount ? null : 'withdrawn';
  return whole.downloadable ? 'list-incomplete' : 'pre-order';
}

/** Stands for the tracks of an album that nobody can name. */
const missingTracks = (input: PlanInput, reason: PlanItem['reason']): PlanItem => ({
  action: 'unavailable',
  reason,
  albumId: input.owned.albumId,
  trackId: null,
  kind: 'track',
  sideIndex: 0,
  title: displayAlbumTitle(input.owned.album),
  path: input.folder,
  formatId: null,
  fallbackFormatIds: [],
  substitution: null,
  bytes: 0,
  refusal: null,
});
