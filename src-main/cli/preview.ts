import { resolve } from 'node:path';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { PlanItem } from '../../src-preload/contract/plan.ts';
import { displayAlbumTitle } from '../../src-preload/contract/titles.ts';
import type { Engine } from '../engine.ts';
import { itemFault } from '../sync/item-fault.ts';
import type { Output } from './output.ts';
import { EMPTY_SUMMARY, type Summary, type TrackFault } from './report.ts';
import type { Sentences } from './sentences.ts';
import type { SyncOptions } from './sync-options.ts';

/** What a preview came to. */
export interface Previewed {
  readonly summary: Summary;
  readonly unavailable: readonly TrackFault[];
  readonly planned: { readonly tracks: number; readonly bytes: number };
}

/**
 * `sync --dry-run`: a line for every track a sync would fetch, and for those it could not; nothing is written
 * in the folder, nothing is downloaded.
 *
 * Throws what planning throws.
 */
export async function preview(
  engine: Engine,
  options: SyncOptions,
  at: { readonly sentences: Sentences; readonly output: Output; readonly signal: AbortSignal },
): Promise<Previewed> {
  const { sentences, output, signal } = at;
  const plan = await engine.plan({
    folder: options.to === undefined ? null : resolve(options.to),
    preference: options.format ?? null,
    otherwise: 'best',
    anew: options.newRoot ?? false,
    signal,
  });
  const { albums } = await engine.snapshot();
  const titles = new Map(albums.map((album) => [album.id, displayAlbumTitle(album)]));
  const titleOf = (id: AlbumId): string => titles.get(id) ?? id;
  const tracks = plan.albums
    .flatMap((album) => album.items)
    .filter((item) => item.kind === 'track');
  const failures: TrackFault[] = [];
  const unavailable: TrackFault[] = [];
  const tell = (state: 'failed' | 'unavailable', fault: TrackFault) => {
    (state === 'failed' ? failures : unavailable).push(fault);
    output.line({ type: state, ...fault });
  };

  const planned = tracks.filter(isFetched);
  for (const { trackId, path, formatId } of planned) {
    output.line({ type: 'planned', trackId, path, formatId });
  }
  for (const item of tracks) {
    const fault = itemFault(item);
    if (!fault) continue;
    const { error, state } = fault;
    const { trackId, title } = item;
    const message = sentences.sentence(error);
    tell(state, { trackId, album: titleOf(item.albumId), title, code: error.code, message });
  }
  for (const { albumId, error } of plan.failed) {
    const title = titleOf(albumId);
    const message = sentences.sentence(error);
    tell('failed', { trackId: null, album: title, title, code: error.code, message });
  }
  const kept = tracks.filter(({ action }) => action === 'keep' || action === 'adopt');
  return {
    summary: {
      ...EMPTY_SUMMARY,
      skipped: kept.length,
      failed: failures.length,
      unavailable: unavailable.length,
      failures,
    },
    unavailable,
    planned: {
      tracks: planned.length,
      bytes: planned.reduce((sum, item) => sum + item.bytes, 0),
    },
  };
}

type FetchedTrack = PlanItem & {
  readonly trackId: NonNullable<PlanItem['trackId']>;
  readonly formatId: NonNullable<PlanItem['formatId']>;
};

const isFetched = (item: PlanItem): item is FetchedTrack =>
  (item.action === 'download' || item.action === 'replace') &&
  item.trackId !== null &&
  item.formatId !== null;
