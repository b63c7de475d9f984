import { randomUUID } from 'node:crypto';
import { homedir, uptime } from 'node:os';
import type { Preference } from '../src-preload/contract/formats.ts';
import type { AccountId, AlbumId } from '../src-preload/contract/ids.ts';
import { resolveLanguage } from '../src-preload/contract/language.ts';
import type { NamingPreview } from '../src-preload/contract/naming.ts';
import {
  SETTING_SHAPES,
  type Settings,
  type SettingsPatch,
} from '../src-preload/contract/settings.ts';
import type {
  AppView,
  Delta,
  Preview,
  RootView,
  RunView,
  Snapshot,
} from '../src-preload/contract/views.ts';
import { buildParts, type EngineOptions, type EngineParts } from './engine-parts.ts';
import type { EventStream } from './events.ts';
import type { Ports } from './ports.ts';
import { type AccountControl, createAccountControl } from './sync/account-control.ts';
import { createAccountLibrary } from './sync/account-library.ts';
import { type AlbumDesk, createAlbumDesk } from './sync/album-desk.ts';
import { createAlbumLists } from './sync/album-lists.ts';
import { createAwake } from './sync/awake.ts';
import { type Background, createBackground } from './sync/background.ts';
import { Board } from './sync/board.ts';
import { gatherDiagnostics } from './sync/diagnostics.ts';
import { createFolders, type Folders } from './sync/folders.ts';
import { createLinks, type Links } from './sync/links.ts';
import { previewNaming } from './sync/naming-preview.ts';
import { createNetwork, type Network } from './sync/network.ts';
import { createOverrides } from './sync/overrides.ts';
import { loadPause } from './sync/pause.ts';
import { createPlanning, type PlanOptions } from './sync/planning.ts';
import type { FullPlan } from './sync/preview.ts';
import { createQueue, type QueueControl } from './sync/queue.ts';
import { type RecentAddition, recentAdditions } from './sync/recent-additions.ts';
import { createRunControl } from './sync/run-control.ts';
import { createSession } from './sync/session.ts';
import { Shelf } from './sync/shelf.ts';
import { createSpeedRecord } from './sync/speed-history.ts';
import { createTurns } from './sync/turns.ts';
import { createVerification, type Verification } from './sync/verification.ts';
import { createView, type View } from './sync/view.ts';

export type { EngineOptions } from './engine-parts.ts';

/** One engine over one data folder: what window and command line drive. */
export interface Engine {
  snapshot(): Promise<Snapshot>;
  onDelta(listener: (delta: Delta) => void): () => void;
  readonly events: EventStream;
  /** Single albums: pages, covers, files, and what is decided about them. */
  readonly desk: AlbumDesk;
  readonly verification: Verification;
  /** Qobuz links and what came of them. */
  readonly links: Links;
  /** Which account is in use, and what its service is asked with. */
  readonly accounts: AccountControl;
  readonly network: Network;
  /** A redacted report of what runs here and what became of it. */
  diagnostics(): Promise<string>;
  /** Those in force. */
  settings(): Settings;
  /** In the system's browser, or wherever `openPage` opens the sign-in page. */
  signInWithBrowser(openPage?: (page: string) => Promise<void>): Promise<void>;
  submitSignInAddress(address: string): Promise<void>;
  cancelSignIn(): Promise<void>;
  signInWithToken(token: string): Promise<void>;
  signInWithPassword(username: string, password: string): Promise<void>;
  /** Whether there is a session the service accepts. Throws `SIGN_IN_REQUIRED` and what calls throw. */
  confirmSession(signal?: AbortSignal): Promise<void>;
  /** Null returns to automatic discovery; takes effect in an engine built after it. */
  setAppCredentials(pair: { appId: string; appSecret: string } | null): Promise<void>;
  useFolder(
    path: string,
    options?: {
      readonly anew?: boolean | undefined;
      /** What a folder starts with that was no root before; without it, the preference in use. */
      readonly preference?: Preference | undefined;
    },
  ): Promise<RootView>;
  readonly folders: Folders;
  /** What a naming template gives on the account's own albums. */
  previewNaming(template: string): Promise<NamingPreview>;
  readonly queue: QueueControl;
  readonly background: Pick<Background, 'begin' | 'isLooking'>;
  /** The albums whose files were saved last, the newest first. */
  recentAdditions(limit: number): Promise<readonly RecentAddition[]>;
  updateSettings(patch: SettingsPatch): Promise<Settings>;
  refreshPurchases(): Promise<void>;
  /** The plan as far as track lists are known; asks on until it is final. */
  preview(): Promise<Preview>;
  /** The final plan of a fresh listing for a folder that need not be a root; nothing is written there. */
  plan(of: PlanOptions): Promise<FullPlan>;
  /** Resolves when the run ended; a fault that stopped it stands in the view. */
  startSync(options?: { readonly albumIds?: readonly AlbumId[] | undefined }): Promise<RunView>;
  /** Goes on with a run that the last process did not finish, if there is one. */
  resume(): Promise<void>;
  stopSync(): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Builds an engine from its options and the shell's ports: the parts below `sync`, and above them the board,
 * the shelf and the view that people see.
 *
 * Throws what `buildParts` throws.
 */
export async function createEngine(options: EngineOptions, ports: Ports): Promise<Engine> {
  const parts = await buildParts(options, ports);
  try {
    return await assemble(parts, options, ports);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function assemble(parts: EngineParts, options: EngineOptions, ports: Ports): Promise<Engine> {
  const { library, qobuz, events } = parts;
  const { clock } = ports;
  let shownAccount: AccountId | null = null;

  const pause = await loadPause(library);
  const overrides = createOverrides(library);
  const shelf: Shelf = new Shelf({
    jobStates: (id) => board.statesOf(id),
    running: () => control.running(),
    isSkipped: (id) => overrides.of(id).skip,
  });
  const board: Board = new Board(
    clock,
    {
      jobChanged(id, albumId) {
        view.jobChanged(id);
        view.albumChanged(albumId);
      },
      albumChanged: (id) => view.albumChanged(id),
      runChanged: () => view.changed('run'),
    },
    { coolDownUntilMs: () => qobuz.pacing.coolDownUntilMs(), paused: () => pause.isOn() },
  );
  const app: AppView = {
    version: options.version,
    platform: process.platform,
    homeFolder: homedir(),
    demo: options.demo,
    ownAppCredentials: (await parts.accounts.userAppCredentials()) !== null,
  };
  const view: View = createView(clock, {
    app,
    read: {
      settings: () => own.settings(),
      resetSettings: () => own.resetSettings(),
      account: () => session.account(),
      accounts: () => session.accounts(),
      signIn: () => session.signIn(),
      network: () => network.view(),
      root: () => own.root(),
      move: () => folders.move(),
      purchases: () => own.purchases(),
      queue: () => queue.view(),
      run: () => board.runView(),
      verify: () => verification.view(),
      links: () => links.views(),
      background: () => background.view(),
    },
    album: (id) => shelf.summary(id),
    albums: () => shelf.summaries(),
    albumIds: () => shelf.ids(),
    job: (id) => board.jobView(id),
    jobs: () => board.jobViews(),
  });
  const shared = {
    ...parts,
    lists: createAlbumLists(parts),
    clock,
    board,
    shelf,
    overrides,
    platform: process.platform,
    scanWorkerUrl: options.workers.scan,
    cratefulVersion: options.version,
    bootedAtMs: clock.now() - uptime() * 1000,
    newId: randomUUID,
    pause,
    speed: createSpeedRecord(clock),
    inTurn: createTurns(),
  };
  const network = createNetwork({
    ...parts,
    demo: options.demo,
    log: ports.log,
    onChange: () => view.changed('network'),
  });
  const own = await createAccountLibrary({
    ...shared,
    onChange: (part) => (part === 'albums' ? view.albumsChanged() : view.changed(part)),
  });
  const session = createSession({
    ...parts,
    clock,
    language: () => resolveLanguage(own.settings().language, ports.locales()),
    openUrl: ports.openUrl,
    async beforeSwitch() {
      await folders.cancelMove();
      await control.stop('user');
    },
    async onChange(what) {
      const id = session.account()?.id ?? null;
      if (what === 'account' && id !== shownAccount) {
        shownAccount = id;
        planning.end();
        links.clear();
        await verification.clear();
        await own.load(id);
      }
      view.changed(what);
    },
  });
  const control = createRunControl({
    ...shared,
    session,
    settings: () => {
      const settings = own.settings();
      const { concurrency = settings.concurrency } = options.overrides ?? {};
      return { ...settings, concurrency };
    },
    async openCurrentRoot(account) {
      folders.requireStill();
      return own.openCurrentRoot(account);
    },
    onPurchases: (purchases) => own.took(purchases),
    previewed: (id) => planning.shown(id),
    onEnded(run) {
      planning.end();
      background.runEnded(run);
    },
  });
  const planning = createPlanning({ ...shared, session, own });
  const accounts = createAccountControl({
    ...shared,
    session,
    stop: () => control.stop('user'),
  });
  const queue = createQueue({
    ...shared,
    control,
    account: () => session.account()?.id ?? null,
    root: () => own.root(),
    onChange() {
      view.changed('queue');
      board.runChanged();
    },
  });
  const desk = createAlbumDesk({
    ...shared,
    queue,
    syncing: () => control.running(),
    onDecided(albumIds) {
      planning.end();
      for (const id of albumIds) view.albumChanged(id);
    },
    linked: (id) => links.album(id),
    account: () => session.account()?.id ?? null,
    root: () => own.root(),
  });
  const verification: Verification = createVerification({
    ...shared,
    async root() {
      await own.lookAtRoot();
      return own.root();
    },
    syncing: () => control.running(),
    onChange: () => view.changed('verify'),
    onAlbum: (id) => view.albumChanged(id),
  });
  const links: Links = createLinks({
    ...shared,
    session,
    own,
    want: async (wish) => control.want(wish),
    onChange: () => view.changed('links'),
  });
  const background: Background = createBackground({
    ...shared,
    ...ports,
    control,
    session,
    own,
    view,
    scheduled: !options.demo,
  });
  const awake = createAwake(ports);
  view.onDelta(({ run }) => run !== undefined && awake.saw(run));
  qobuz.pacing.onCoolDown((untilMs) => {
    events.emit({ code: 'COOL_DOWN', severity: 'warning', context: { untilMs } });
    view.changed('run');
  });

  const limitBandwidth = (settings: Settings) =>
    parts.bandwidth.setLimit(settings.bandwidthLimitKBPerSecond * 1000);
  const folders: Folders = createFolders({
    ...shared,
    session,
    own,
    async leave() {
      await control.stop('user');
      await verification.clear();
    },
    onChange: () => planning.end(),
    onMove: () => view.changed('move'),
  });

  await network.apply(own.settings());
  limitBandwidth(own.settings());
  await session.load();
  return {
    snapshot: async () => view.snapshot(),
    onDelta: (listener) => view.onDelta(listener),
    events,
    desk,
    verification,
    links,
    accounts,
    network,
    diagnostics: () => gatherDiagnostics({ ...shared, app, own, session, network }),
    settings: () => own.settings(),
    signInWithBrowser: (openPage) => session.withBrowser(openPage),
    submitSignInAddress: async (address) => session.submitAddress(address),
    cancelSignIn: async () => session.cancel(),
    signInWithToken: (token) => session.withToken(token),
    signInWithPassword: (username, password) => session.withPassword(username, password),
    async confirmSession(signal) {
      await session.confirm(signal);
    },
    setAppCredentials: (pair) => parts.accounts.setUserAppCredentials(pair),
    useFolder: (path, { anew = false, preference } = {}) => folders.open(path, anew, preference),
    folders,
    previewNaming: (template) => previewNaming({ ...shared, settings: own.settings }, template),
    queue,
    background,
    recentAdditions: (limit) => recentAdditions(shared, own.root()?.id ?? null, limit),
    async updateSettings(patch) {
      const settings = await own.change(patch);
      await network.apply(settings);
      control.setConcurrency(settings.concurrency);
      limitBandwidth(settings);
      if (Object.keys(patch).some((key) => key in SETTING_SHAPES.root)) planning.end();
      return settings;
    },
    async refreshPurchases() {
      await own.lookAtRoot();
      planning.end();
      await own.refresh(await session.confirm(), new AbortController().signal);
    },
    preview: () => planning.preview(),
    plan: (of) => planning.plan(of),
    async startSync({ albumIds } = {}) {
      const ended = await control.start(albumIds ?? null);
      await own.lookAtRoot();
      view.flush();
      return ended;
    },
    async resume() {
      await folders.resumeMove();
      await control.resume(own.root());
    },
    stopSync: () => control.stop('user'),
    async dispose() {
      background.dispose();
      awake.dispose();
      planning.end();
      session.cancel();
      try {
        await folders.interruptMove();
        await verification.cancel();
        await control.stop('exit');
      } finally {
        await parts.close();
      }
    },
  };
}
