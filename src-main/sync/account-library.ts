import type { Purchase } from '../../src-preload/contract/catalogue.ts';
import type { Preference } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId, RootId } from '../../src-preload/contract/ids.ts';
import type { SettingKey, Settings, SettingsPatch } from '../../src-preload/contract/settings.ts';
import type { PurchasesView, RootView, ViewPart } from '../../src-preload/contract/views.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import { partPath } from '../files/root.ts';
import type { FileGlance, FileRepository } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { Board } from './board.ts';
import type { Cancellations } from './cancellations.ts';
import { openRoot, type RootParts, viewRoot } from './library-root.ts';
import { type ListingParts, listPurchases } from './listing.ts';
import type { Overrides } from './overrides.ts';
import { ownedAlbums } from './owned-albums.ts';
import { withheldTracks } from './refusals.ts';
import { type FileOnShelf, leftOutOnShelf, type Shelf } from './shelf.ts';
import { readSettings, requireValid, rootSettings, storeSettings } from './stored-settings.ts';

/** What the library of the account in use works with. */
export interface AccountLibraryParts extends RootParts, ListingParts {
  readonly library: RootParts['library'];
  readonly clock: RootParts['clock'];
  readonly events: Pick<EventStream, 'emit'>;
  readonly shelf: Shelf;
  readonly overrides: Overrides;
  readonly cancellations: Pick<Cancellations, 'load'>;
  readonly board: Pick<Board, 'fill' | 'progressed'>;
  /** A part of the view changed; `albums` stands for all of them. */
  readonly onChange: (part: ViewPart | 'albums') => void;
}

/** The account in use with its root, settings and purchases. */
export interface AccountLibrary {
  settings(): Settings;
  /** Settings whose stored value is damaged, until they are set again. */
  resetSettings(): readonly SettingKey[];
  root(): RootView | null;
  purchases(): PurchasesView;
  /** Reads everything of an account; null for nobody. */
  load(account: AccountId | null): Promise<void>;
  /** Reads the account's root anew, after its folder changed. */
  reload(): Promise<void>;
  /** Looks at the root again: free space, whether the drive is there. */
  lookAtRoot(): Promise<void>;
  /** Throws `LIBRARY_ROOT_MISSING`, `LIBRARY_ROOT_FOREIGN`, `PATH_NOT_WRITABLE`, `SIGN_IN_REQUIRED`. */
  useFolder(path: string, anew: boolean, preference?: Preference): Promise<RootRow>;
  /** Opens the root in use. Throws `NO_LIBRARY_ROOT` and what {@link useFolder} throws. */
  openCurrentRoot(account: AccountId): Promise<RootRow>;
  /** Throws `INVALID_REQUEST` for a value that cannot be; nothing is changed then. */
  change(patch: SettingsPatch): Promise<Settings>;
  /**
   * Lists both kinds of purchases. Throws what the service's calls throw, and shows it; `CANCELLED` when another account
   * takes the place of this one.
   */
  refresh(account: AccountId, signal: AbortSignal): Promise<readonly Purchase[]>;
  /** Ends what is being listed: it must not be shown, or asked on for, under another account. */
  stopListing(): void;
  /** Takes over purchases that were listed by a run. */
  took(purchases: readonly Purchase[]): Promise<void>;
}

/** Makes the library of one engine. */
export async function createAccountLibrary(parts: AccountLibraryParts): Promise<AccountLibrary> {
  const { library, shelf, onChange } = parts;
  let account: AccountId | null = null;
  let row: RootRow | null = null;
  let root: RootView | null = null;
  /** Whose queue is on the board. */
  let queueOf: RootId | null = null;
  let settings: Settings;
  let reset: readonly SettingKey[] = [];
  let listing = new AbortController();
  let purchases: PurchasesView = { state: 'unknown', listedAtMs: null, error: null, oddRows: 0 };

  /** Whoever has files here needs no first steps, whichever way the files came. */
  const hasFiles = async ({ setupStep }: Settings) =>
    setupStep !== 'done' && row !== null && (await library.files.count(row.id)) > 0;

  const loadSettings = async () => {
    const read = await readSettings(library, row);
    for (const key of read.reset.filter((each) => !reset.includes(each))) {
      parts.events.emit({ code: 'SETTING_RESET', severity: 'warning', context: { key } });
    }
    reset = read.reset;
    settings = (await hasFiles(read.settings))
      ? { ...read.settings, setupStep: 'done' }
      : read.settings;
    onChange('settings');
    onChange('resetSettings');
  };

  const lookAtRoot = async () => {
    const seen = row && account ? await viewRoot(parts, account, row.path) : null;
    const isNew = JSON.stringify(seen) !== JSON.stringify(root);
    root = seen;
    // While a drive is away it is looked for every few seconds.
    if (isNew) onChange('root');
    if (await hasFiles(settings)) await loadSettings();
  };

  /** The queue is as it was before anything is asked of the service. */
  const loadQueue = async () => {
    const id = row?.id ?? null;
    if (id === queueOf) return;
    await parts.cancellations.load(id);
    parts.board.fill(id ? await library.jobs.open(id) : []);
    queueOf = id;
    if (!row) return;
    for (const { jobId, totalBytes } of await library.parts.ofRoot(row.id)) {
      const there = await parts.fs.stat(partPath(row.path, jobId, 'part')).catch(() => null);
      if (there) parts.board.progressed(jobId, there.size, totalBytes);
    }
  };

  const filesOf = async (rootId: RootId): Promise<readonly FileOnShelf[]> => [
    ...(await wholeFiles(library.files, rootId)),
    ...(await leftOut(library, rootId)),
  ];

  const loadRoot = async () => {
    row = account ? await library.roots.current(account) : null;
    await loadSettings();
    await lookAtRoot();
    const bought = account ? await library.purchases.list(account) : [];
    const owned = await ownedAlbums(library, bought, row?.id ?? null);
    await parts.overrides.load(account);
    const of = account && { accountId: account, owned, nowMs: parts.clock.now() };
    await shelf.load({
      owned,
      files: row ? await filesOf(row.id) : [],
      withheld: of ? await withheldTracks(library, of) : new Map(),
    });
    await loadQueue();
    onChange('albums');
  };

  const readListing = async () => {
    const listed = account ? await library.purchases.listing(account) : null;
    purchases = listed
      ? { state: 'ready', listedAtMs: listed.listedAtMs, error: null, oddRows: listed.oddRows }
      : { state: 'unknown', listedAtMs: null, error: null, oddRows: 0 };
    onChange('purchases');
  };

  const useFolder = async (path: string, anew: boolean, preference = settings.preference) => {
    if (!account) throw new CratefulError('SIGN_IN_REQUIRED');
    const begins = { ...rootSettings(settings), preference };
    const { row: opened } = await openRoot(parts, account, path, { anew, settings: begins });
    await loadRoot();
    return opened;
  };

  /** What lies in the folder of albums that were not known before: another computer, or a lost database, had them. */
  const shelveNew = async (ids: readonly AlbumId[]) => {
    if (!row || ids.length === 0 || (await library.files.count(row.id)) === 0) return;
    const news = new Set(ids);
    for (const file of await filesOf(row.id)) {
      if (news.has(file.albumId)) shelf.fileSaved(file);
    }
  };

  const took = async (listed: readonly Purchase[]) => {
    const before = new Set(shelf.ids());
    shelf.own(await ownedAlbums(library, listed, row?.id ?? null));
    await shelveNew([...shelf.ids()].filter((id) => !before.has(id)));
    onChange('albums');
    await readListing();
  };

  await loadSettings();

  return {
    settings: () => settings,
    resetSettings: () => reset,
    root: () => root,
    purchases: () => purchases,
    async load(next) {
      if (account !== null && account !== next) parts.board.fill([]);
      account = next;
      await loadRoot();
      await readListing();
    },
    reload: loadRoot,
    lookAtRoot,
    useFolder,
    async openCurrentRoot(of) {
      const current = await library.roots.current(of);
      if (!current) throw new CratefulError('NO_LIBRARY_ROOT');
      const shown = account === of ? row?.id : null;
      account = of;
      const { row: opened, learnt } = await openRoot(parts, of, current.path, {
        anew: false,
        settings: rootSettings(settings),
      });
      // What is shown of the root in use is up to date; another one is read as a whole.
      if (opened.id !== shown || learnt) await loadRoot();
      return opened;
    },
    async change(patch) {
      const valid = requireValid(patch);
      row = await storeSettings(library, row, valid);
      await loadSettings();
      return settings;
    },
    async refresh(of, signal) {
      const { signal: stopped } = listing;
      purchases = { ...purchases, state: 'loading', error: null };
      onChange('purchases');
      try {
        const listed = await listPurchases(parts, of, AbortSignal.any([signal, stopped]));
        stopped.throwIfAborted();
        await took(listed);
        return listed;
      } catch (error) {
        if (stopped.aborted) throw stopped.reason;
        purchases = { ...purchases, state: 'failed', error: asCratefulError(error).toView() };
        onChange('purchases');
        throw error;
      }
    },
    stopListing() {
      listing.abort(new CratefulError('CANCELLED'));
      listing = new AbortController();
    },
    took,
  };
}

/** Tracks that are wanted nowhere in their album: it is complete without them. */
async function leftOut(
  { decisions }: Pick<Library, 'decisions'>,
  rootId: RootId,
): Promise<readonly FileOnShelf[]> {
  const decided = await decisions.list(rootId);
  return decided
    .filter(({ decision }) => decision === 'left-out')
    .map(({ albumId, trackId }) => leftOutOnShelf(albumId, trackId));
}

/** Files of a root without those a verification found damaged, which the next sync fetches again. */
async function wholeFiles(files: FileRepository, rootId: RootId): Promise<readonly FileGlance[]> {
  const findings = await files.findings(rootId);
  const glances = await files.glances(rootId);
  if (findings.size === 0) return glances;
  return glances.filter(({ path }) => findings.get(path) !== 'damaged');
}
