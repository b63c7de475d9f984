import { join } from 'node:path';
import pMap from 'p-map';
import type { LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import type { PlanItem } from '../../src-preload/contract/plan.ts';
import type { AudioPool, Inspection } from '../audio/pool.ts';
import type { ScanEntry } from '../files/scan.ts';
import { pathsToInspect } from './plan.ts';
import type { Found, PlanInput } from './plan-input.ts';
import { formatOfFile } from './preference.ts';

/** Seconds by which a whole file may differ from what it should last (architecture §4 step 3). */
export const DURATION_TOLERANCE_SECONDS = 1.5;

/** Looks inside the files whose inside decides an album's plan; by the scan's path. */
export async function lookInside(
  audio: Pick<AudioPool, 'inspect'>,
  input: Omit<PlanInput, 'found'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const paths = pathsToInspect({ ...input, found });
  await pMap(
    paths,
    async (path) => {
      const entry = input.disk.get(path);
      if (!entry) return;
      const inspection = await audio.inspect(join(input.rootPath, entry.storedPath), signal);
      found.set(entry.path, judge(input, entry, inspection));
    },
    { concurrency: 2 },
  );
  return found;
}

function judge(input: Omit<PlanInput, 'found'>, entry: ScanEntry, seen: Inspection): Found {
  const row = input.rows.find((each) => input.disk.get(each.path) === entry);
  const track = input.detail.tracks.find((each) => each.id === seen.qobuzTrackId);
  const audio = judgeAudio(row, seen, track?.durationSeconds ?? null);
  return { audio, qobuzTrackId: audio === 'damaged' ? null : (track?.id ?? null) };
}

/**
 * What the sound of a file is compared with its row, where it has one: `damaged` when it is not whole, too short, or
 * no longer the sound that was saved although not a byte was added; `other` when it is whole and another one.
 *
 * @param catalogueSeconds how long it should be when its row does not say.
 */
export function judgeAudio(
  row: Pick<LibraryFile, 'bytes' | 'receipt'> | undefined,
  seen: Inspection,
  catalogueSeconds: number | null,
): Found['audio'] {
  if (!seen.whole) return 'damaged';
  const receipt = row?.receipt;
  const expected = receipt?.durationSeconds ?? catalogueSeconds;
  const asLong =
    expected === null ||
    Math.abs(expected - (seen.durationSeconds ?? 0)) <= DURATION_TOLERANCE_SECONDS;
  const saved = receipt?.audioHash;
  if (!saved || !seen.audioHash) return asLong ? 'whole' : 'damaged';
  const { kind, value } = seen.audioHash;
  if (saved.kind === kind && saved.value === value) return 'whole';
  // Nobody edits a sound to the very same number of bytes: bits have turned over, which an MP3 parses through.
  if (saved.kind === kind && seen.bytes === row?.bytes) return 'damaged';
  // An MP3 cut between two frames parses to its end: only that it is shorter than what was saved gives it away.
  const cut =
    kind === 'frames-sha256' && (seen.durationSeconds ?? 0) < (receipt.durationSeconds ?? 0);
  return asLong && !cut ? 'other' : 'damaged';
}

/** The row of a file that is taken over: its receipt is made from what stands on the disk. */
export async function adoptedFile(
  audio: Pick<AudioPool, 'inspect' | 'hash'>,
  input: Pick<PlanInput, 'rootPath' | 'disk' | 'detail'> & {
    readonly rootId: LibraryFile['rootId'];
    readonly cratefulVersion: string;
  },
  item: PlanItem,
): Promise<LibraryFile | null> {
  const entry = input.disk.get(item.path);
  if (!entry) return null;
  const path = join(input.rootPath, entry.storedPath);
  const seen = await audio.inspect(path);
  const { sha256, bytes } = await audio.hash(path);
  const { samplingRateKHz, bitDepth } = seen;
  const { maximumBitDepth, maximumSamplingRateKHz } = input.detail.album;
  // Nobody knows what it was asked for as: what it counts as is what the preference is compared with from now on.
  const formatId = formatOfFile(item.formatId, seen, {
    bitDepth: maximumBitDepth,
    samplingRateKHz: maximumSamplingRateKHz,
  });
  const receipt: Receipt = {
    sha256,
    bytes,
    audioHash: seen.audioHash,
    durationSeconds: seen.durationSeconds,
    requestedFormatId: formatId,
    servedFormatId: formatId,
    samplingRateKHz,
    bitDepth,
    refusedFormats: [],
    cratefulVersion: input.cratefulVersion,
  };
  return {
    rootId: input.rootId,
    albumId: item.albumId,
    trackId: item.trackId,
    kind: item.kind,
    path: entry.path,
    bytes,
    modifiedMs: entry.modifiedMs,
    receipt,
  };
}
