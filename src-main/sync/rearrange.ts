import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { RearrangePreview, StepOutcome } from '../../src-preload/contract/steps.ts';
import { CratefulError } from '../errors.ts';
import { scanRoot } from '../files/scan.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import { indexDisk } from './disk-index.ts';
import { planRearrangement, type Rearrangement } from './rearrange-plan.ts';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

/** What albums are moved to the places of another template with. */
export interface RearrangeParts {
  readonly library: Pick<
    Library,
    'roots' | 'files' | 'placements' | 'albums' | 'purchases' | 'jobs'
  >;
  readonly session: Pick<Session, 'account'>;
  readonly settings: () => Pick<Settings, 'namingTemplate'>;
  readonly steps: Steps;
  readonly scanWorkerUrl: URL;
  readonly platform: NodeJS.Platform;
  /** Throws `LIBRARY_ROOT_MISSING` and its like when the folder in use cannot be worked in. */
  readonly requireReady: () => Promise<void>;
}

/** Albums on their way to where the naming template puts them (docs/decisions/naming-templates.md). */
export interface Rearranging {
  /** What would move, without anything being changed. Throws `NO_LIBRARY_ROOT` and what a scan throws. */
  preview(): Promise<RearrangePreview>;
  /** Moves it, as one step. Throws what the preview and steps throw. */
  run(): Promise<StepOutcome>;
  /** As {@link run}, seen to its end in the view; resolves when it is planned. */
  begin(): Promise<void>;
}

const EXAMPLES = 12;
const MOST_KEEPS = 200;
const MOST_LISTS = 50;

/** Makes the rearranging of one engine. */
export function createRearranging(parts: RearrangeParts): Rearranging {
  const { library, steps } = parts;

  const plan = async (): Promise<{ root: RootRow; plan: Rearrangement }> => {
    const account = parts.session.account();
    const root = account ? await library.roots.current(account.id) : null;
    if (!account || !root) throw new CratefulError('NO_LIBRARY_ROOT');
    await parts.requireReady();
    const entries = await scanRoot(root.path, parts.scanWorkerUrl);
    const rows = await library.files.list(root.id);
    const { namingTemplate: template } = parts.settings();
    const placements = await library.placements.list(root.id);
    const others = placements.filter((placement) => placement.template !== template);
    const input = {
      rootId: root.id,
      rootPath: root.path,
      platform: parts.platform,
      template,
      purchases: await library.purchases.list(account.id),
      placements,
      rows,
      entries,
      disk: indexDisk(entries),
      details: await detailsOf(
        library,
        others.map(({ albumId }) => albumId),
      ),
      saving: new Set(
        (await library.jobs.open(root.id))
          .filter(({ state }) => state === 'committing')
          .map(({ albumId }) => albumId),
      ),
    };
    return { root, plan: planRearrangement(input) };
  };

  const take = async (): Promise<() => Promise<StepOutcome>> => {
    steps.requireStill();
    const { root, plan: planned } = await plan();
    const { moves, placements } = planned;
    return () => steps.run({ kind: 'rearrange', rootId: root.id, moves, placements });
  };

  return {
    async preview() {
      const { plan: planned } = await plan();
      return previewOf(planned);
    },
    run: async () => await (await take())(),
    async begin() {
      const run = await take();
      // Seen to its end through the view, like a run.
      void run().catch(() => undefined);
    },
  };
}

async function detailsOf(
  library: RearrangeParts['library'],
  ids: readonly AlbumId[],
): Promise<ReadonlyMap<AlbumId, AlbumDetail>> {
  const details = new Map<AlbumId, AlbumDetail>();
  const known = await library.albums.known();
  for (const id of ids) {
    const detail = known.has(id) ? await library.albums.get(id) : null;
    if (detail) details.set(id, detail);
  }
  return details;
}

/** A rearrangement as a person reads it. */
function previewOf({ moves, albums, keeps, lists }: Rearrangement): RearrangePreview {
  const renames = [...albums.values()];
  return {
    albums: albums.size,
    files: moves.length,
    companions: renames.flat().filter(({ row }) => row === null).length,
    examples: renames.slice(0, EXAMPLES).flatMap((files) => {
      const tracks = files.filter(({ row }) => row?.kind === 'track');
      const [shown = files[0]] = tracks.toSorted((one, other) => (one.to < other.to ? -1 : 1));
      return shown ? [{ before: shown.entry.path, after: shown.to }] : [];
    }),
    keeps: keeps.slice(0, MOST_KEEPS),
    keepsTotal: keeps.length,
    lists: lists.slice(0, MOST_LISTS),
  };
}
