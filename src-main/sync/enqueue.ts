import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { AlbumPlan, PlanItem } from '../../src-preload/contract/plan.ts';
import { displayAlbumTitle } from '../../src-preload/contract/titles.ts';
import type { AudioPool } from '../audio/pool.ts';
import { hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import { pathKey } from '../files/names.ts';
import type { Library } from '../library/library.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { Board } from './board.ts';
import { createEnqueueJobs, type EnqueueJobsParts, type PlanUse } from './enqueue-jobs.ts';
import { itemFault } from './item-fault.ts';
import type { JobTitles } from './job-line.ts';
import { adoptedFile } from './look-inside.ts';
import { changedItems } from './plan-changes.ts';
import type { Planned } from './planner.ts';
import { type JobOwner, subjectOf } from './reconcile.ts';
import type { Shelf } from './shelf.ts';

/** What turning plans into work needs. */
export interface EnqueueParts extends EnqueueJobsParts {
  readonly library: Library;
  readonly qobuz: Pick<Qobuz, 'validateAppCredentials'>;
  readonly audio: Pick<AudioPool, 'inspect' | 'hash'>;
  readonly events: Pick<EventStream, 'emit'>;
  readonly board: Board;
  readonly shelf: Shelf;
  readonly cratefulVersion: string;
  /** What a preview said of an album, when there was one. */
  readonly previewed: (albumId: AlbumId) => AlbumPlan | null;
}

type PlannedAlbum = Extract<Planned, { kind: 'planned' }>;

/**
 * Gives a function that takes each album's plan as it is made: keeps and adoptions are recorded, fetches
 * become persisted jobs and go to the pool, everything else gets its line on the board.
 */
export function createEnqueue(
  parts: EnqueueParts,
  owner: JobOwner,
  signal: AbortSignal,
): (planned: Planned, use: PlanUse) => Promise<void> {
  const { board, shelf } = parts;
  const enqueueJobs = createEnqueueJobs(parts, owner);

  /** Before the first file: a secret nobody has proven yet would otherwise be looked for by each job. */
  const findSecret = async ({ items }: AlbumPlan) => {
    const probe = items.find(
      (item) => item.trackId !== null && (item.action === 'download' || item.action === 'replace'),
    );
    if (probe?.trackId == null || probe.formatId === null) return;
    const { trackId, formatId } = probe;
    try {
      await parts.qobuz.validateAppCredentials({ trackId, formatId }, signal);
    } catch (error) {
      // An odd answer about one track: its own job will meet it, the others must not.
      if (!hasCode(error, 'SERVICE_REFUSED', 'SERVICE_UNREADABLE')) throw error;
    }
  };

  const nameChanges = ({ plan }: PlannedAlbum) => {
    const previewed = parts.previewed(plan.albumId);
    const changes = previewed ? changedItems(previewed, plan).length : 0;
    if (changes === 0) return;
    board.planChanged(changes);
    parts.events.emit({
      code: 'PLAN_CHANGED',
      runId: owner.runId,
      accountId: owner.accountId,
      context: { albumId: plan.albumId, items: changes },
    });
  };

  const takePlanned = async (album: PlannedAlbum, use: PlanUse) => {
    const { items } = album.plan;
    const isAskedFor = (item: PlanItem) => use.only?.has(subjectOf(item)) ?? true;
    if (use.only === null) nameChanges(album);
    const adopted: LibraryFile[] = [];
    for (const item of items) {
      if (item.action === 'keep') await noteNewSize(parts, album, item);
      if (item.action === 'adopt') adopted.push(...(await adopt(parts, owner, album, item)));
      noteUnavailable(board, album, item, isAskedFor(item));
      if (item.substitution) {
        parts.events.emit({
          code: 'FORMAT_SUBSTITUTED',
          runId: owner.runId,
          accountId: owner.accountId,
          context: { trackId: item.trackId, wanted: item.substitution.wanted, got: item.formatId },
        });
      }
    }
    const tracks = items.filter((item) => item.trackId !== null);
    const there = tracks.filter((item) => item.action === 'keep' || item.action === 'adopt');
    const onDisk = new Map(
      there.map(({ trackId, bytes, formatId }) => [
        trackId as TrackId,
        { bytes, servedFormatId: formatId },
      ]),
    );
    for (const item of tracks) {
      // Until its replacement came, the file in the other format is there and whole.
      const isWhole = item.reason === 'format-changed' || item.reason === 'upgrade';
      const row = isWhole ? rowOf(album, item) : undefined;
      if (row?.trackId == null) continue;
      onDisk.set(row.trackId, {
        bytes: row.bytes,
        servedFormatId: row.receipt.servedFormatId,
      });
    }
    const saved = new Map<TrackId, number>();
    for (const item of tracks) {
      const receipt = use.savedSince(subjectOf(item))?.receipt;
      if (item.trackId === null || !receipt) continue;
      const { bytes, servedFormatId } = receipt;
      onDisk.set(item.trackId, { bytes, servedFormatId });
      saved.set(item.trackId, bytes);
    }
    shelf.planned(album.owned.albumId, ownedCount(album), onDisk);
    for (const file of adopted) shelf.fileSaved(file);
    const kept = there.filter((item) => isAskedFor(item) && !saved.has(item.trackId as TrackId));
    const sizes = [...kept.map((item) => item.bytes), ...saved.values()];
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    board.albumPlanned(album.owned.albumId, { items: sizes.length, bytes });
    await findSecret(album.plan);
    await enqueueJobs(album.plan, use, (item) => titlesOf(album, item));
  };

  return async (planned, use) => {
    board.clearNotes(planned.owned.albumId);
    switch (planned.kind) {
      case 'settled':
        takeSettled(parts, planned);
        return;
      case 'elsewhere':
        shelf.remove(planned.owned.albumId);
        board.albumPlanned(planned.owned.albumId, { items: 0, bytes: 0 });
        return;
      case 'skipped':
        board.albumPlanned(planned.owned.albumId, { items: 0, bytes: 0 });
        return;
      case 'failed':
        board.note(albumItem(planned.owned.albumId), wholeAlbum(planned), {
          state: 'failed',
          error: planned.error.toView(),
          counted: true,
        });
        board.albumPlanned(planned.owned.albumId, { items: 0, bytes: 0 });
        return;
      case 'planned':
        await takePlanned(planned, use);
    }
  };
}

/** Nothing to do: yet the shelf may not have all of it, where a check missed a file that is back. */
function takeSettled(
  { board, shelf }: EnqueueParts,
  { owned: { albumId }, rows }: Extract<Planned, { kind: 'settled' }>,
): void {
  const tracks = rows.flatMap(({ trackId }) => trackId ?? []);
  if (!shelf.holds(albumId, tracks)) for (const row of rows) shelf.fileSaved(row);
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  board.albumPlanned(albumId, { items: tracks.length, bytes });
}

/** How many tracks of it are owned; more than are planned when an item stands for tracks nobody can name. */
function ownedCount({ owned, plan }: PlannedAlbum): number {
  const tracks = plan.items.filter((item) => item.kind === 'track');
  const named = tracks.filter((item) => item.trackId !== null).length;
  return named === tracks.length ? named : Math.max(owned.album.trackCount, named + 1);
}

function titlesOf({ detail, owned }: PlannedAlbum, item: PlanItem): JobTitles {
  const track = detail.tracks.find((each) => each.id === item.trackId);
  return {
    title: item.title,
    artist: track?.artist ?? owned.album.artist,
    albumTitle: displayAlbumTitle(detail.album),
  };
}

const wholeAlbum = ({ owned }: Planned): JobTitles => ({
  title: displayAlbumTitle(owned.album),
  artist: owned.album.artist,
  albumTitle: displayAlbumTitle(owned.album),
});

const albumItem = (albumId: PlanItem['albumId']) => ({
  albumId,
  trackId: null,
  kind: 'track' as const,
  path: '',
  formatId: null,
  bytes: 0,
});

/** A line for what cannot be had; one that has a job keeps that line. */
function noteUnavailable(
  board: Board,
  album: PlannedAlbum,
  item: PlanItem,
  counted: boolean,
): void {
  const fault = itemFault(item);
  if (!fault || board.openJob(subjectOf(item))) return;
  board.note(item, titlesOf(album, item), { ...fault, counted });
}

const rowOf = ({ input }: PlannedAlbum, item: PlanItem) =>
  input.rows.find(({ kind, trackId }) => kind === 'track' && trackId === item.trackId);

/**
 * The user edited the tags, or put a good copy where a damaged one was: the file stays, its size is what the next
 * scan compares with.
 */
async function noteNewSize(
  { library, events }: EnqueueParts,
  album: PlannedAlbum,
  item: PlanItem,
): Promise<void> {
  const row = rowOf(album, item);
  const entry = album.input.disk.get(item.path);
  const doubted = album.input.findings.has(item.path);
  if (!row || !entry || (entry.bytes === row.bytes && !doubted)) return;
  const { bytes } = entry;
  // A row whose time differs from its file's is one whose bytes may differ from the receipt's.
  const { modifiedMs } = bytes === row.bytes ? row : entry;
  await library.files.put({ ...row, bytes, modifiedMs }, pathKey(row.path));
  events.emit({ code: 'TAGS_KEPT', context: { trackId: item.trackId } });
}

async function adopt(
  parts: EnqueueParts,
  owner: JobOwner,
  { input }: PlannedAlbum,
  item: PlanItem,
): Promise<LibraryFile[]> {
  const { rootId } = owner;
  const { cratefulVersion } = parts;
  const file = await adoptedFile(parts.audio, { ...input, rootId, cratefulVersion }, item);
  if (!file) return [];
  await parts.library.files.put(file, pathKey(file.path));
  parts.events.emit({
    code: 'FILE_ADOPTED',
    runId: owner.runId,
    context: { trackId: item.trackId },
  });
  return [file];
}
