import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AccountId, AlbumId } from '../../src-preload/contract/ids.ts';
import type { AlbumPlan, PlanAction } from '../../src-preload/contract/plan.ts';
import type { PlanCount, Preview } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import { freeSpace } from '../files/space.ts';
import type { RootRow } from '../library/roots.ts';
import type { Clock } from '../ports.ts';
import { followMoves } from './follow-moves.ts';
import type { RootParts } from './library-root.ts';
import type { MovesParts } from './moves.ts';
import { ownedAlbums } from './owned-albums.ts';
import { type PlannerParts, planAlbums } from './planner.ts';
import { type RootSettings, sideChoice } from './stored-settings.ts';
import { giveFolders, lookAtDisk } from './survey.ts';

/** What a preview works with. */
export interface PreviewParts extends RootParts, PlannerParts {
  readonly library: RootParts['library'];
  readonly clock: RootParts['clock'];
  readonly audio: MovesParts['audio'] & PlannerParts['audio'];
  readonly scanWorkerUrl: URL;
}

/** Whose plan is previewed, where. */
export interface PreviewRequest {
  readonly accountId: AccountId;
  readonly path: string;
  /** Null for a place that is not a root yet. */
  readonly root: RootRow | null;
  /** Those of the folder; the machine's do not count. */
  readonly settings: RootSettings;
  readonly purchases: readonly Purchase[];
  readonly signal: AbortSignal;
  /** Hears the plan as it grows. */
  readonly onGrown: (preview: Preview) => void;
}

/** A plan in full, and the albums that could not be planned. */
export interface FullPlan extends Preview {
  readonly failed: readonly { readonly albumId: AlbumId; readonly error: ErrorView }[];
}

/**
 * The plan a run would follow, in full and without writing anything under the root; final when it resolves
 * (architecture §2).
 *
 * Throws what listing tracks and scanning throw.
 */
export async function makePreview(parts: PreviewParts, request: PreviewRequest): Promise<FullPlan> {
  const owned = await ownedAlbums(parts.library, request.purchases, request.root?.id ?? null);
  const wanted = owned.filter(({ albumId }) => !parts.overrides.of(albumId).skip);
  const plans: AlbumPlan[] = [];
  const failed: { albumId: AlbumId; error: ErrorView }[] = [];
  const free = await freeSpace(parts.fs, request.path);
  const freeBytes = free.totalBytes > 0 ? free.freeBytes : null;
  const current = (final: boolean): Preview => ({
    final,
    albumsPlanned: plans.length,
    albumsTotal: wanted.length,
    counts: countItems(plans),
    albums: [...plans],
    freeBytes,
  });
  request.onGrown(current(false));
  const albums = new Set(wanted.map(({ albumId }) => albumId));
  const { look } = await followMoves(parts, await lookAtDisk(parts, request), {
    isWanted: (id) => albums.has(id),
    keep: false,
    signal: request.signal,
  });
  const { purchases, settings } = request;
  const template = settings.namingTemplate;
  const sides = sideChoice(settings);
  await planAlbums(parts, {
    albums: owned,
    survey: await giveFolders(parts, look, { purchases, template, sides, keep: false }),
    preference: settings.preference,
    sides,
    priority: 'listing',
    unsettled: new Set(),
    inFull: true,
    signal: request.signal,
    onPlanned: async (planned) => {
      if (planned.kind === 'planned') plans.push(planned.plan);
      if (planned.kind === 'failed') {
        failed.push({ albumId: planned.owned.albumId, error: planned.error.toView() });
      }
      request.onGrown(current(false));
    },
  });
  return { ...current(true), failed };
}

function countItems(plans: readonly AlbumPlan[]): Record<PlanAction, PlanCount> {
  const counts: Record<PlanAction, { items: number; bytes: number }> = {
    keep: { items: 0, bytes: 0 },
    download: { items: 0, bytes: 0 },
    replace: { items: 0, bytes: 0 },
    adopt: { items: 0, bytes: 0 },
    unavailable: { items: 0, bytes: 0 },
  };
  for (const { items } of plans) {
    for (const item of items) {
      counts[item.action].items += 1;
      counts[item.action].bytes += item.bytes;
    }
  }
  return counts;
}

/** Time a caller waits for a plan to become final before it gets what there is. */
const PATIENCE_MS = 1500;

/** Previews that grow in the background while a window asks for them again and again. */
export interface Previews {
  /** The plan as it stands: final, or what is known after a moment. The next call sees more. */
  ask(request: Omit<PreviewRequest, 'signal' | 'onGrown'>): Promise<Preview>;
  /** An album's plan as the last final preview showed it; null when there is no such preview. */
  shown(albumId: AlbumId): AlbumPlan | null;
  /** Ends what grows and forgets what was shown, for example because the purchases changed. */
  end(): void;
}

/** Keeps at most one preview growing. */
export function createPreviews(parts: PreviewParts, clock: Clock): Previews {
  let growing: { latest: Preview | null; readonly final: Promise<Preview> } | null = null;
  let abort = new AbortController();
  let shown = new Map<AlbumId, AlbumPlan>();

  const grow = (request: Omit<PreviewRequest, 'signal' | 'onGrown'>) => {
    const mine: { latest: Preview | null; readonly final: Promise<Preview> } = {
      latest: null,
      final: makePreview(parts, {
        ...request,
        signal: abort.signal,
        onGrown: (preview) => {
          mine.latest = preview;
        },
      }).finally(() => {
        if (growing === mine) growing = null;
      }),
    };
    // Whoever asks next meets the fault; without anyone asking it concerns nobody.
    mine.final.catch(() => undefined);
    return mine;
  };

  return {
    async ask(request) {
      growing ??= grow(request);
      const present = growing;
      const impatient = clock.sleep(PATIENCE_MS).then(() => present.latest);
      const preview = (await Promise.race([present.final, impatient])) ?? (await present.final);
      if (preview.final) shown = new Map(preview.albums.map((album) => [album.albumId, album]));
      return preview;
    },
    shown: (albumId) => shown.get(albumId) ?? null,
    end() {
      abort.abort(new CratefulError('CANCELLED'));
      abort = new AbortController();
      growing = null;
      shown = new Map();
    },
  };
}
