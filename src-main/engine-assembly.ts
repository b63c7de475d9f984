import { randomUUID } from 'node:crypto';
import { homedir, uptime } from 'node:os';
import type { AccountId, AlbumId } from '../src-preload/contract/ids.ts';
import { resolveLanguage } from '../src-preload/contract/language.ts';
import type { Settings } from '../src-preload/contract/settings.ts';
import type { AppView } from '../src-preload/contract/views.ts';
import type { EngineOptions, EngineParts } from './engine-parts.ts';
import { CratefulError } from './errors.ts';
import type { Ports } from './ports.ts';
import { createAccountControl } from './sync/account-control.ts';
import { createAccountLibrary } from './sync/account-library.ts';
import { type Adoption, createAdoption } from './sync/adoption/adoption.ts';
import { createAlbumDesk } from './sync/album-desk.ts';
import { createAlbumLists } from './sync/album-lists.ts';
import { createAwake } from './sync/awake.ts';
import { type Background, createBackground } from './sync/background.ts';
import { Board } from './sync/board.ts';
import { createCancellations } from './sync/cancellations.ts';
import { createDuplicatesDesk } from './sync/duplicates-desk.ts';
import { createFolders, type Folders } from './sync/folders.ts';
import { createLinks, type Links } from './sync/links.ts';
import { createNetwork } from './sync/network.ts';
import { createOffers } from './sync/offers.ts';
import { createOverrides } from './sync/overrides.ts';
import { loadPause } from './sync/pause.ts';
import { createPlanning } from './sync/planning.ts';
import { createQueue } from './sync/queue.ts';
import { createRearranging } from './sync/rearrange.ts';
import { databaseIn } from './sync/rebuild.ts';
import { createReceipts, type Receipts } from './sync/receipts.ts';
import { createRecordCare } from './sync/record-care.ts';
import { createRunControl } from './sync/run-control.ts';
import { createSession } from './sync/session.ts';
import { createSetAsideDesk } from './sync/set-aside.ts';
import { Shelf } from './sync/shelf.ts';
import { createSpeedRecord } from './sync/speed-history.ts';
import { createSteps, type Steps } from './sync/steps.ts';
import { createTurns } from './sync/turns.ts';
import { createVerification, type Verification } from './sync/verification.ts';
import { createView, type View } from './sync/view.ts';

/** The features of one engine, which know each other only through what is handed to them here. */
export type Features = Awaited<ReturnType<typeof assemble>>;

/**
 * Puts the features above the parts together: the board, the shelf and the view that people see, and everything that
 * acts on them. Nothing is read of an account yet.
 */
export async function assemble(parts: EngineParts, options: EngineOptions, ports: Ports) {
  const { library, qobuz, events } = parts;
  const { clock } = ports;
  let shownAccount: AccountId | null = null;

  const pause = await loadPause(library);
  const overrides = createOverrides(library);
  const cancellations = createCancellations(library);
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
      step: () => steps.progress(),
      purchases: () => own.purchases(),
      queue: () => queue.view(),
      run: () => board.runView(),
      verify: () => verification.view(),
      adoption: () => adoption.view(),
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
    cancellations,
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
  /** Nothing of one account goes on under another. */
  const leaveAccount = async () => {
    own.stopListing();
    await folders.cancelMove();
    await steps.cancel();
    await steps.interrupt();
    await control.stop('leave');
  };
  const session = createSession({
    ...parts,
    clock,
    language: () => resolveLanguage(own.settings().language, ports.locales()),
    openUrl: ports.openUrl,
    beforeSwitch: leaveAccount,
    async onChange(what) {
      const id = session.account()?.id ?? null;
      if (what === 'account' && id !== shownAccount) {
        shownAccount = id;
        planning.end();
        links.clear();
        await verification.clear();
        await adoption.clear();
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
      steps.requireStill();
      const root = await own.openCurrentRoot(account);
      await steps.resume(root);
      return root;
    },
    onPurchases: (purchases) => own.took(purchases),
    onLearnt: () => own.reload(),
    previewed: (id) => planning.shown(id),
    onEnded(run) {
      planning.end();
      background.runEnded(run);
      care.runEnded();
    },
  });
  const planning = createPlanning({ ...shared, session, own });
  const accounts = createAccountControl({
    ...shared,
    session,
    stop: leaveAccount,
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
  /** What is decided or on disk of these albums is another, and with it every plan. */
  const onDecided = (albumIds: readonly AlbumId[]) => {
    planning.end();
    for (const id of albumIds) view.albumChanged(id);
  };
  const desk = createAlbumDesk({
    ...shared,
    queue,
    syncing: () => control.running(),
    onDecided,
    linked: (id) => links.album(id),
    account: () => session.account()?.id ?? null,
    root: () => own.root(),
  });
  const beside = {
    ...shared,
    queue,
    settings: () => own.settings(),
    async root() {
      folders.requireStill();
      await own.lookAtRoot();
      return own.root();
    },
    syncing: () => control.running(),
    onChanged: onDecided,
  };
  const setAside = createSetAsideDesk(beside);
  const duplicates = createDuplicatesDesk(beside);
  const offers = createOffers({
    ...beside,
    account: () => session.account()?.id ?? null,
    root: () => own.root(),
    onDecided,
  });
  const verification: Verification = createVerification({
    ...shared,
    async root() {
      folders.requireStill();
      steps.requireStill();
      await own.lookAtRoot();
      return own.root();
    },
    syncing: () => control.running(),
    onChange: () => view.changed('verify'),
    onAlbum: (id) => view.albumChanged(id),
    onWhole: () => own.lookAtRoot(),
  });
  const receipts: Receipts = createReceipts({
    ...shared,
    async root() {
      folders.requireStill();
      await own.lookAtRoot();
      return own.root();
    },
  });
  const links: Links = createLinks({
    ...shared,
    session,
    own,
    async want(wanted) {
      await desk.takeUp([...wanted.keys()]);
      control.want(wanted);
    },
    onChange: () => view.changed('links'),
  });
  const background: Background = createBackground({
    ...shared,
    ...ports,
    control,
    session,
    own,
    view,
    home: options.home,
    scheduled: !options.demo,
  });
  const care = createRecordCare({
    ...shared,
    file: databaseIn(options.home),
    backupWorkerUrl: options.workers.backup,
    log: ports.log,
    session,
    own,
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
      steps.requireStill();
      await control.stop('leave');
      await verification.clear();
    },
    onChange: () => planning.end(),
    onMove: () => view.changed('move'),
  });
  const steps: Steps = createSteps({
    ...shared,
    settings: () => own.settings(),
    async leave() {
      folders.requireStill();
      await control.stop('leave');
      await verification.clear();
    },
    async onMoved() {
      await own.reload();
      planning.end();
    },
    onChange() {
      view.changed('step');
      view.changed('adoption');
    },
    onReturned: (outcome) => adoption.returned(outcome),
  });
  const rearranging = createRearranging({
    ...shared,
    session,
    steps,
    settings: () => own.settings(),
    async requireReady() {
      folders.requireStill();
      await own.lookAtRoot();
      const root = own.root();
      if (root?.state === 'missing')
        throw new CratefulError('LIBRARY_ROOT_MISSING', { path: root.path });
    },
  });

  const adoption: Adoption = createAdoption({
    ...shared,
    session,
    own,
    steps,
    folders,
    onChange: () => view.changed('adoption'),
  });

  return {
    shared,
    app,
    view,
    network,
    own,
    session,
    control,
    planning,
    accounts,
    queue,
    desk,
    verification,
    receipts,
    adoption,
    setAside,
    duplicates,
    offers,
    links,
    background,
    awake,
    care,
    folders,
    steps,
    rearranging,
    /** Goes on with a step the last process left. Never throws: the view says what went wrong. */
    async resumeStep() {
      const account = session.account();
      const root = account && (await library.roots.current(account.id));
      if (root) await steps.resume(root).catch(() => undefined);
    },
    limitBandwidth,
  };
}
