import pMap from 'p-map';
import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { Preference } from '../../src-preload/contract/formats.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, SideChoice } from '../../src-preload/contract/library.ts';
import { DEFAULT_TEMPLATE } from '../../src-preload/contract/naming.ts';
import type { AlbumPlan } from '../../src-preload/contract/plan.ts';
import type { AudioPool } from '../audio/pool.ts';
import { asCratefulError, type CratefulError } from '../errors.ts';
import { albumFolder } from '../files/layout.ts';
import type { FileGlance } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import type { Priority } from '../qobuz/pacing.ts';
import type { AlbumLists } from './album-lists.ts';
import { lookInside } from './look-inside.ts';
import type { Overrides } from './overrides.ts';
import { homesOf } from './owned-albums.ts';
import type { OwnedAlbum } from './ownership.ts';
import { isSettled, planAlbum } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import type { FormatWish } from './preference.ts';
import type { Survey } from './survey.ts';

/** Track lists asked for at the same time; the limiter paces them, this only hides the latency. */
const LISTS_AT_ONCE = 3;

const NOTHING_DECIDED: PlanInput['decisions'] = new Map();

/** What planning works with. */
export interface PlannerParts {
  readonly lists: AlbumLists;
  readonly library: Pick<Library, 'albums' | 'files'>;
  readonly audio: Pick<AudioPool, 'inspect'>;
  readonly overrides: Pick<Overrides, 'of'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly platform: NodeJS.Platform;
}

/** One album's plan, or why there is none. */
export type Planned =
  | {
      readonly kind: 'settled';
      readonly owned: OwnedAlbum;
      readonly rows: readonly FileGlance[];
    }
  | {
      readonly kind: 'planned';
      readonly owned: OwnedAlbum;
      readonly detail: AlbumDetail;
      readonly plan: AlbumPlan;
      readonly input: PlanInput;
    }
  /** Its singles turned out to be part of albums that are owned whole. */
  | { readonly kind: 'elsewhere'; readonly owned: OwnedAlbum }
  /** Nobody wants it synced. */
  | { readonly kind: 'skipped'; readonly owned: OwnedAlbum }
  | { readonly kind: 'failed'; readonly owned: OwnedAlbum; readonly error: CratefulError };

/** What is planned and how. */
export interface PlanRequest {
  readonly albums: readonly OwnedAlbum[];
  readonly survey: Survey;
  readonly preference: Preference;
  readonly sides: SideChoice;
  readonly priority: Priority;
  /** Albums with something in the queue that was not fetched: a glance at files and rows does not settle those. */
  readonly unsettled: ReadonlySet<AlbumId>;
  /** True to have items for everything, also for albums a glance shows to be complete. */
  readonly inFull: boolean;
  readonly signal: AbortSignal;
  readonly onPlanned: (planned: Planned) => Promise<void>;
}

/**
 * Plans album by album as track lists become known (architecture §2): first those a glance settles, then
 * those whose list is cached, then the others, then albums of singles, a few lists at once.
 *
 * Throws faults of the run or the account; an album with a fault of its own is reported as failed.
 */
export async function planAlbums(parts: PlannerParts, request: PlanRequest): Promise<void> {
  const { survey, sides, signal } = request;
  const open: OwnedAlbum[] = [];
  for (const owned of request.albums) {
    if (parts.overrides.of(owned.albumId).skip) {
      await request.onPlanned({ kind: 'skipped', owned });
      continue;
    }
    const rows = survey.rows.get(owned.albumId) ?? [];
    const plannedSides = survey.placements.get(owned.albumId)?.sides ?? null;
    const { disk, findings } = survey;
    const preference = formatWishFor(parts, owned, request.preference);
    const decisions = survey.decisions.get(owned.albumId) ?? NOTHING_DECIDED;
    const glance = { owned, rows, disk, findings, preference, sides, plannedSides, decisions };
    if (request.inFull || request.unsettled.has(owned.albumId) || !isSettled(glance)) {
      open.push(owned);
      continue;
    }
    await request.onPlanned({ kind: 'settled', owned, rows });
  }
  const cached = await parts.library.albums.known();
  const outage: Outage = { inARow: 0 };
  const work = async (owned: OwnedAlbum) => {
    if (signal.aborted) return;
    // Asked for at the last moment: a person may skip an album while the others are being planned.
    const skipped = parts.overrides.of(owned.albumId).skip;
    await request.onPlanned(
      skipped ? { kind: 'skipped', owned } : await planOne(parts, request, owned, outage),
    );
  };
  const options = { concurrency: LISTS_AT_ONCE };
  const whole = open.filter((owned) => owned.whole);
  await pMap(
    whole.filter(({ albumId }) => cached.has(albumId)),
    work,
    options,
  );
  await pMap(
    whole.filter(({ albumId }) => !cached.has(albumId)),
    work,
    options,
  );
  // Singles last: by now the lists are known of the whole albums that may have them.
  await pMap(
    open.filter((owned) => !owned.whole),
    async (owned) => {
      const rest = await withoutContained(parts, request, owned);
      if (rest.singles.size > 0) await work(rest);
      else if (!signal.aborted) await request.onPlanned({ kind: 'elsewhere', owned });
    },
    options,
  );
}

/** The format chosen for the album, else what is preferred in general. */
const formatWishFor = (
  { overrides }: PlannerParts,
  { albumId }: OwnedAlbum,
  preference: Preference,
): FormatWish => overrides.of(albumId).formatId ?? preference;

/** An album of singles without those that are stored under an album owned whole. */
async function withoutContained(
  { library }: PlannerParts,
  { albums, survey }: PlanRequest,
  owned: OwnedAlbum,
): Promise<OwnedAlbum> {
  const there = new Set((survey.rows.get(owned.albumId) ?? []).map((row) => row.trackId));
  const loose = [...owned.singles.keys()].filter((id) => !there.has(id));
  const homes = await homesOf(library, loose, (id) =>
    albums.some((each) => each.albumId === id && each.whole?.downloadable),
  );
  const singles = new Map([...owned.singles].filter(([id]) => !homes.has(id)));
  return { ...owned, singles };
}

/** Albums whose list the service's own faults kept from us, one after the other. */
interface Outage {
  inARow: number;
}

async function planOne(
  parts: PlannerParts,
  request: PlanRequest,
  owned: OwnedAlbum,
  outage: Outage,
): Promise<Planned> {
  const { survey, sides, priority, signal } = request;
  try {
    const { detail, state: list } = await parts.lists.of(owned, { priority, signal });
    outage.inARow = 0;
    const placement = survey.placements.get(owned.albumId);
    const input = {
      owned,
      detail,
      list,
      folder: placement?.folder ?? albumFolder(owned.album, DEFAULT_TEMPLATE),
      template: placement?.template ?? DEFAULT_TEMPLATE,
      preference: formatWishFor(parts, owned, request.preference),
      sides,
      plannedSides: placement?.sides ?? null,
      rows: followed(await parts.library.files.byAlbum(survey.rootId, owned.albumId), survey),
      moved: survey.moved,
      disk: survey.disk,
      findings: survey.findings,
      refusals: survey.refusals,
      decisions: survey.decisions.get(owned.albumId) ?? NOTHING_DECIDED,
      nowMs: parts.clock.now(),
      rootPath: survey.rootPath,
      platform: parts.platform,
    };
    const found = await lookInside(sparing(parts.audio, survey), input, signal);
    const full = { ...input, found };
    return { kind: 'planned', owned, detail, plan: planAlbum(full), input: full };
  } catch (error) {
    const fault = asCratefulError(error);
    // One album's odd answer must not keep the others from being saved.
    if (fault.code === 'SERVICE_UNAVAILABLE') outage.inARow += 1;
    const alone = fault.code === 'SERVICE_UNAVAILABLE' && outage.inARow < LISTS_OF_AN_OUTAGE;
    const itsOwn = alone || fault.scope === 'track' || ODD_ANSWERS.has(fault.code);
    if (!itsOwn || signal.aborted) throw fault;
    return { kind: 'failed', owned, error: fault };
  }
}

/** Rows with the paths of moved files that are not written down yet. */
const followed = (rows: readonly LibraryFile[], { follow }: Survey): readonly LibraryFile[] =>
  follow.size === 0
    ? rows
    : rows.map((row) => ({ ...row, path: follow.get(row.path) ?? row.path }));

/** Looks inside a file again only where nobody has yet. */
const sparing = (
  audio: PlannerParts['audio'],
  { inspected }: Survey,
): Pick<AudioPool, 'inspect'> => ({
  inspect: async (path, signal) => inspected.get(path) ?? (await audio.inspect(path, signal)),
});

/** So many lists in a row that end in a fault of the service are no album's own: the service is down. */
const LISTS_OF_AN_OUTAGE = 3;

const ODD_ANSWERS: ReadonlySet<string> = new Set([
  'SERVICE_REFUSED',
  'SERVICE_UNREADABLE',
  'UNEXPECTED',
]);
