import type { Preference } from '../src-preload/contract/formats.ts';
import type { AlbumId, StepId } from '../src-preload/contract/ids.ts';
import type { NamingPreview } from '../src-preload/contract/naming.ts';
import {
  SETTING_SHAPES,
  type Settings,
  type SettingsPatch,
} from '../src-preload/contract/settings.ts';
import type { StepView } from '../src-preload/contract/steps.ts';
import type { Delta, Preview, RootView, RunView, Snapshot } from '../src-preload/contract/views.ts';
import { assemble, type Features } from './engine-assembly.ts';
import { buildParts, type EngineOptions, type EngineParts } from './engine-parts.ts';
import type { EventStream } from './events.ts';
import type { Ports } from './ports.ts';
import type { AccountControl } from './sync/account-control.ts';
import type { Adoption } from './sync/adoption/adoption.ts';
import type { AlbumDesk } from './sync/album-desk.ts';
import type { Background } from './sync/background.ts';
import { gatherDiagnostics } from './sync/diagnostics.ts';
import type { DuplicatesDesk } from './sync/duplicates-desk.ts';
import type { Folders } from './sync/folders.ts';
import type { Links } from './sync/links.ts';
import { previewNaming } from './sync/naming-preview.ts';
import type { Network } from './sync/network.ts';
import type { Offers } from './sync/offers.ts';
import type { PlanOptions } from './sync/planning.ts';
import type { FullPlan } from './sync/preview.ts';
import type { QueueControl } from './sync/queue.ts';
import type { Rearranging } from './sync/rearrange.ts';
import type { Receipts } from './sync/receipts.ts';
import { type RecentAddition, recentAdditions } from './sync/recent-additions.ts';
import type { RecordCare } from './sync/record-care.ts';
import type { SetAsideDesk } from './sync/set-aside.ts';
import type { Steps } from './sync/steps.ts';
import type { Verification } from './sync/verification.ts';

export type { EngineOptions } from './engine-parts.ts';

/** One engine over one data folder: what window and command line drive. */
export interface Engine {
  snapshot(): Promise<Snapshot>;
  onDelta(listener: (delta: Delta) => void): () => void;
  readonly events: EventStream;
  /** Single albums: pages, covers, files, and what is decided about them. */
  readonly desk: AlbumDesk;
  readonly verification: Verification;
  readonly receipts: Receipts;
  /** Libraries that existed before Crateful. */
  readonly adoption: Adoption;
  /** What was replaced and can be had back. */
  readonly setAside: SetAsideDesk;
  readonly duplicates: DuplicatesDesk;
  /** Better editions of what is on disk. */
  readonly offers: Offers;
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
  /** Throws `NO_KEYCHAIN`, as the other ways do, where nothing keeps a sign-in and nobody chose to do without. */
  signInWithToken(token: string): Promise<void>;
  signInWithPassword(username: string, password: string): Promise<void>;
  /** The person's word that a sign-in may end with this process, where nothing keeps it. */
  keepForSession(): Promise<void>;
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
  /** Albums on their way to where another naming template puts them. */
  readonly rearranging: Rearranging;
  readonly steps: StepControl;
  /** What a naming template gives on the account's own albums. */
  previewNaming(template: string): Promise<NamingPreview>;
  readonly queue: QueueControl;
  readonly background: Pick<Background, 'begin' | 'isLooking'>;
  readonly care: Pick<RecordCare, 'backUpIfDue' | 'begin' | 'learnAgain'>;
  /** Aborted when the database turns out to be damaged: the engine has to be ended, and its record rebuilt. */
  readonly damaged: AbortSignal;
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

/** Steps of the folder in use: moves of many files at once that can be undone. */
export interface StepControl extends Pick<Steps, 'undo' | 'cancel'> {
  /** The newest first; none without a folder. */
  list(): Promise<readonly StepView[]>;
  /** As `undo`, seen to its end in the view. Throws `LIBRARY_MOVING`. */
  beginUndo(id: StepId): Promise<void>;
  /** Goes on with a step the last process left, to its end; the view says what went wrong. */
  resume(): Promise<void>;
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
    const features = await assemble(parts, options, ports);
    const { network, own, session } = features;
    await network.apply(own.settings());
    features.limitBandwidth(own.settings());
    await session.load();
    return engineOf(parts, features);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** The features as one engine. */
function engineOf(parts: EngineParts, features: Features): Engine {
  const { shared, app, view, network, own, session, control, planning, folders } = features;
  const {
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
    limitBandwidth,
  } = features;
  const { steps } = features;
  let disposed = false;
  return {
    snapshot: async () => view.snapshot(),
    onDelta: (listener) => view.onDelta(listener),
    events: parts.events,
    desk,
    verification,
    receipts,
    adoption,
    setAside,
    duplicates,
    offers,
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
    keepForSession: async () => session.keepForSession(),
    async confirmSession(signal) {
      await session.confirm(signal);
    },
    setAppCredentials: (pair) => parts.accounts.setUserAppCredentials(pair),
    useFolder: (path, { anew = false, preference } = {}) => folders.open(path, anew, preference),
    folders,
    rearranging: features.rearranging,
    steps: {
      undo: (id) => steps.undo(id),
      cancel: () => steps.cancel(),
      async list() {
        const id = own.root()?.id;
        return id ? await steps.list(id) : [];
      },
      async beginUndo(id) {
        steps.requireStill();
        void steps.undo(id).catch(() => undefined);
      },
      resume: () => features.resumeStep(),
    },
    previewNaming: (template) => previewNaming({ ...shared, settings: own.settings }, template),
    queue,
    background,
    care,
    damaged: parts.library.damaged,
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
      // One album is asked for by its name; among many, those to be skipped were only selected along.
      if (albumIds?.length === 1) await desk.takeUp(albumIds);
      if (!albumIds) await shared.cancellations.clear();
      const ended = await control.start(albumIds ?? null);
      if (!disposed) {
        await own.lookAtRoot();
        view.flush();
      }
      return ended;
    },
    async resume() {
      await folders.resumeMove();
      await features.resumeStep();
      await control.resume(own.root());
    },
    async stopSync() {
      background.giveUp();
      await control.stop('user');
    },
    async dispose() {
      disposed = true;
      background.dispose();
      awake.dispose();
      planning.end();
      session.cancel();
      try {
        await care.dispose();
        await folders.interruptMove();
        await steps.interrupt();
        await verification.cancel();
        await receipts.cancel();
        await adoption.end();
        await control.stop('exit');
      } finally {
        await parts.close();
      }
    },
  };
}
