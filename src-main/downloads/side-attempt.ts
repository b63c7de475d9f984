import type { Album } from '../../src-preload/contract/catalogue.ts';
import type { Job } from '../../src-preload/contract/library.ts';
import { coverAddress } from '../audio/covers.ts';
import { CratefulError, hasCode } from '../errors.ts';
import { partPath } from '../files/root.ts';
import type { AttemptHooks, AttemptParts } from './attempt.ts';
import { fetchSideFile } from './side-file.ts';

/**
 * One attempt at a cover or booklet: the first of its addresses that answers is fetched, checked and named.
 *
 * Throws `SIDE_FILE_UNAVAILABLE` when no address has it, and what a transfer or a commit throws.
 */
export async function attemptSideFile(
  deps: AttemptParts,
  job: Job,
  kind: 'cover' | 'booklet',
  hooks: AttemptHooks,
): Promise<void> {
  const { album } = await deps.albumOf(job);
  const path = partPath(deps.rootPath, job.id, 'tagged');
  hooks.onStage('fetching');
  await fetchFirst(deps, addressesOf(album, job, kind), { kind, path, hooks });
  hooks.onStage('saving');
  const { sha256, bytes } = await deps.audio.hash(path);
  await deps.committer.commit(job, {
    sha256,
    bytes,
    audioHash: null,
    durationSeconds: null,
    requestedFormatId: null,
    servedFormatId: null,
    samplingRateKHz: null,
    bitDepth: null,
    refusedFormats: [],
    cratefulVersion: deps.cratefulVersion,
  });
}

/** The largest cover first; `_max` is not promised, `_600` is (qobuz-api §4.8). */
function addressesOf(album: Album, job: Job, kind: 'cover' | 'booklet'): readonly string[] {
  if (kind === 'booklet') {
    const goodie = album.goodies[job.sideIndex];
    return goodie ? [goodie.url] : [];
  }
  if (!album.coverUrl) return [];
  return [coverAddress(album.coverUrl, 'max'), coverAddress(album.coverUrl, '600')];
}

async function fetchFirst(
  deps: AttemptParts,
  urls: readonly string[],
  target: { kind: 'cover' | 'booklet'; path: string; hooks: AttemptHooks },
): Promise<void> {
  let last: unknown = new CratefulError('SIDE_FILE_UNAVAILABLE', {
    kind: target.kind,
    reason: 'no address',
  });
  for (const url of urls) {
    try {
      await fetchSideFile(deps, {
        url,
        kind: target.kind,
        path: target.path,
        signal: target.hooks.signal,
        onNetworkBytes: target.hooks.onNetworkBytes,
      });
      return;
    } catch (error) {
      if (!hasCode(error, 'SIDE_FILE_UNAVAILABLE')) throw error;
      last = error;
    }
  }
  throw last;
}
