import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { Preference } from '../../src-preload/contract/formats.ts';
import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { Settings, SettingsPatch } from '../../src-preload/contract/settings.ts';
import type { PurchasesView, RootView, ViewPart } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { RootRow } from '../library/roots.ts';
import { parseSettings, settingScope } from '../settings.ts';
import type { Board } from './board.ts';
import { openRoot, type RootParts, viewRoot } from './library-root.ts';
import { type ListingParts, listPurchases } from './listing.ts';
import { ownedAlbums } from './owned-albums.ts';
import type { Shelf } from './shelf.ts';

/** What the library of the account in use works with. */
export interface AccountLibraryParts extends RootParts, ListingParts {
  readonly library: RootParts['library'];
  readonly clock: RootParts['clock'];
  readonly events: Pick<EventStream, 'emit'>;
  readonly shelf: Shelf;
  readonly board: Pick<Board, 'clear'>;
  /** A part of the view changed; `albums` stands for all of them. */
  readonly onChange: (part: ViewPart | 'albums') => void;
}

/** Settings are stored for this owner when they hold for the machine. */
const MACHINE = '';

/** The account in use with its root, settings and purchases. */
export interface AccountLibrary {
  settings(): Settings;
  root(): RootView | null;
  purchases(): PurchasesView;
  /** Reads everything of an account; null for nobody. */
  load(account: AccountId | null): Promise<void>;
  /** Looks at the root again: free space, whether the drive is there. */
  lookAtRoot(): Promise<void>;
  /** Throws `LIBRARY_ROOT_MISSING`, `LIBRARY_ROOT_FOREIGN`, `PATH_NOT_WRITABLE`, `SIGN_IN_REQUIRED`. */
  useFolder(path: string, anew: boolean, preference?: Preference): Promise<RootRow>;
  /** Opens the root in use. Throws `NO_LIBRARY_ROOT` and what {@link useFolder} throws. */
  openCurrentRoot(account: AccountId): Promise<RootRow>;
  change(patch: SettingsPatch): Promise<Settings>;
  /** Lists both kinds of purchases. Throws what the service's calls throw, and shows it. */
  refresh(account: AccountId, signal: AbortSignal): Promise<readonly Purchase[]>;
  /** Takes over purchases that were listed by a run. */
  took(purchases: readonly Purchase[]): Promise<void>;
}

/** Makes the library of one engine. */
export async function createAccountLibrary(parts: AccountLibraryParts): Promise<AccountLibrary> {
  const { library, shelf, onChange } = parts;
  let account: AccountId | null = null;
  let row: RootRow | null = null;
  let root: RootView | null = null;
  let settings: Settings;
  let purchases: PurchasesView = { state: 'unknown', listedAtMs: null, error: null, oddRows: 0 };

  const readSettings = async () => {
    const stored = await library.settings.all('machine', MACHINE);
    const chosen = row?.preference ?? stored.preference;
    const parsed = parseSettings({
      machine: stored,
      root: chosen === undefined ? {} : { preference: chosen },
    });
    for (const key of parsed.reset) {
      parts.events.emit({ code: 'SETTING_RESET', severity: 'warning', context: { key } });
    }
    settings = parsed.settings;
    onChange('settings');
  };

  const lookAtRoot = async () => {
    root = row && account ? await viewRoot(parts, account, row.path) : null;
    onChange('root');
  };

  const loadRoot = async () => {
    row = account ? await library.roots.current(account) : null;
    await readSettings();
    await lookAtRoot();
    const bought = account ? await library.purchases.list(account) : [];
    const owned = await ownedAlbums(library, bought, row?.id ?? null);
    shelf.load(owned, row ? await library.files.list(row.id) : []);
    onChange('albums');
  };

  const readListing = async () => {
    const listing = account ? await library.purchases.listing(account) : null;
    purchases = listing
      ? { state: 'ready', listedAtMs: listing.listedAtMs, error: null, oddRows: listing.oddRows }
      : { state: 'unknown', listedAtMs: null, error: null, oddRows: 0 };
    onChange('purchases');
  };

  const useFolder = async (path: string, anew: boolean, preference = settings.preference) => {
    if (!account) throw new CratefulError('SIGN_IN_REQUIRED');
    const opened = await openRoot(parts, account, path, { anew, preference });
    await loadRoot();
    return opened;
  };

  const took = async (listed: readonly Purchase[]) => {
    shelf.own(await ownedAlbums(library, listed, row?.id ?? null));
    onChange('albums');
    await readListing();
  };

  await readSettings();

  return {
    settings: () => settings,
    root: () => root,
    purchases: () => purchases,
    async load(next) {
      if (account !== null && account !== next) parts.board.clear();
      account = next;
      await loadRoot();
      await readListing();
    },
    lookAtRoot,
    useFolder,
    async openCurrentRoot(of) {
      const current = await library.roots.current(of);
      if (!current) throw new CratefulError('NO_LIBRARY_ROOT');
      const shown = account === of ? row?.id : null;
      account = of;
      const opened = await openRoot(parts, of, current.path, {
        anew: false,
        preference: settings.preference,
      });
      // What is shown of the root in use is up to date; another one is read as a whole.
      if (opened.id !== shown) await loadRoot();
      return opened;
    },
    async change(patch) {
      for (const [key, value] of Object.entries(patch)) {
        if (value === undefined) continue;
        // Before there is a root, its settings wait with the machine's and become the first root's.
        const machine = settingScope(key as keyof Settings) === 'machine' || !row;
        if (machine) await library.settings.set('machine', MACHINE, key, value);
      }
      if (row && patch.preference) {
        row = { ...row, preference: patch.preference };
        await library.roots.upsert(row);
      }
      await readSettings();
      return settings;
    },
    async refresh(of, signal) {
      purchases = { ...purchases, state: 'loading', error: null };
      onChange('purchases');
      try {
        const listed = await listPurchases(parts, of, signal);
        await took(listed);
        return listed;
      } catch (error) {
        purchases = { ...purchases, state: 'failed', error: asCratefulError(error).toView() };
        onChange('purchases');
        throw error;
      }
    },
    took,
  };
}
