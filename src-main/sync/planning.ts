import type { Preference } from '../../src-preload/contract/formats.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { AlbumPlan } from '../../src-preload/contract/plan.ts';
import type { Preview } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { AccountLibrary } from './account-library.ts';
import { standingOf } from './library-root.ts';
import { createPreviews, type FullPlan, makePreview, type PreviewParts } from './preview.ts';
import type { Session } from './session.ts';
import { readSettings } from './stored-settings.ts';

/** What is planned, for whom asks once and waits. */
export interface PlanOptions {
  /** Null stands for the root in use. */
  readonly folder: string | null;
  /** Null stands for what the folder was given before, or `otherwise` where it was no root. */
  readonly preference: Preference | null;
  readonly otherwise: Preference;
  /** True to plan a known folder without its marker as if it were new. */
  readonly anew: boolean;
  readonly signal: AbortSignal;
}

/** Plans that are looked at without being followed. */
export interface Planning {
  /** The plan of the folder in use as far as track lists are known; asks on until it is final. */
  preview(): Promise<Preview>;
  /** The final plan of a folder that need not be a root; nothing is written there. */
  plan(of: PlanOptions): Promise<FullPlan>;
  /** An album's plan as the last final preview showed it. */
  shown(albumId: AlbumId): AlbumPlan | null;
  /** Ends what grows and forgets what was shown. */
  end(): void;
}

/** Makes the planning of one engine. */
export function createPlanning(
  parts: PreviewParts & {
    readonly clock: Clock;
    readonly session: Session;
    readonly own: AccountLibrary;
  },
): Planning {
  const { session, own, library } = parts;
  const previews = createPreviews(parts, parts.clock);

  /** Everything a plan of `path`, or of the root in use, is made from. */
  const planRequest = async (
    path: string | null,
    how: Pick<PlanOptions, 'anew' | 'signal'> & { readonly fresh: boolean },
  ) => {
    const { anew, signal } = how;
    const accountId = await session.confirm(signal);
    const listed = own.purchases().state === 'ready' && !how.fresh;
    const purchases = listed
      ? await library.purchases.list(accountId)
      : await own.refresh(accountId, signal);
    const chosen = path ?? own.root()?.path;
    if (chosen === undefined) throw new CratefulError('NO_LIBRARY_ROOT');
    const { state, row, isKnown } = await standingOf(parts, accountId, chosen);
    if (!anew && state === 'missing')
      throw new CratefulError('LIBRARY_ROOT_MISSING', { path: chosen });
    if (!anew && state === 'foreign')
      throw new CratefulError('LIBRARY_ROOT_FOREIGN', { path: chosen });
    const known = isKnown && !anew ? row : null;
    const settings = known ? (await readSettings(library, known)).settings : own.settings();
    const root = anew ? null : row;
    return { accountId, path: chosen, root, isKnown, settings, purchases };
  };

  return {
    async preview() {
      const { signal } = new AbortController();
      return previews.ask(await planRequest(null, { anew: false, fresh: false, signal }));
    },
    async plan({ folder, preference, otherwise, anew, signal }) {
      const request = await planRequest(folder, { anew, fresh: true, signal });
      const begins = request.root && request.isKnown ? request.settings.preference : otherwise;
      return makePreview(parts, {
        ...request,
        settings: { ...request.settings, preference: preference ?? begins },
        signal,
        onGrown: () => undefined,
      });
    },
    shown: (albumId) => previews.shown(albumId),
    end: () => previews.end(),
  };
}
