import type { AdoptionView } from './adoption.ts';
import type { VerifyView } from './album-view.ts';
import type { BackgroundView } from './background.ts';
import type { ErrorView } from './error-codes.ts';
import type { MoveView } from './folders.ts';
import type { FormatId } from './formats.ts';
import type { AccountId, AlbumId, JobId, RootId, RunId, TrackId } from './ids.ts';
import type { LinkView } from './links.ts';
import type { AlbumPlan, PlanAction } from './plan.ts';
import type { QueueView, RunTotals } from './queue.ts';
import type { SettingKey, Settings } from './settings.ts';
import type {
  AlbumStatus,
  CredentialStoreKind,
  JobKind,
  JobStage,
  JobState,
  Keeping,
  RunState,
} from './states.ts';
import type { StepProgress } from './steps.ts';

/** The signed-in account, without anything private. */
export interface AccountView {
  readonly id: AccountId;
  readonly name: string;
  readonly country: string | null;
  /** The subscription's name; null means "purchases only", which is fully welcome. */
  readonly plan: string | null;
  /** False once the service has confirmed that the session is over; the queue then waits. */
  readonly signedIn: boolean;
  readonly credentialStore: CredentialStoreKind;
}

/** Where a sign-in in the system's browser stands. */
export interface SignInView {
  readonly state: 'idle' | 'preparing' | 'waiting-for-browser' | 'checking' | 'failed';
  readonly error: ErrorView | null;
  readonly keeping: Keeping;
}

/** The library root as the window shows it. */
export interface RootView {
  readonly id: RootId | null;
  readonly path: string;
  readonly state: 'ready' | 'new' | 'missing' | 'foreign' | 'not-writable';
  readonly freeBytes: number | null;
  /** How the last check of everything in it ended; null when there was none. */
  readonly lastCheck: LastCheck | null;
}

/** A check of a whole library that came to its end. */
export interface LastCheck {
  /** Unix milliseconds. */
  readonly endedAtMs: number;
  readonly tookMs: number;
  readonly files: number;
  readonly bytes: number;
  readonly missing: number;
  readonly damaged: number;
  readonly changed: number;
}

/** One album in the list. */
export interface AlbumSummary {
  readonly id: AlbumId;
  readonly title: string;
  readonly version: string | null;
  readonly artist: string;
  readonly year: string | null;
  readonly label: string | null;
  /** The formats it was bought in. */
  readonly formatIds: readonly FormatId[];
  /** The formats its files on disk have. */
  readonly servedFormatIds: readonly FormatId[];
  /** Unix seconds. */
  readonly purchasedAt: number;
  /** True when single tracks of it were bought, not the album. */
  readonly singles: boolean;
  readonly explicit: boolean;
  readonly hasCover: boolean;
  readonly status: AlbumStatus;
  /** Tracks the account owns; an estimate from the listing until the track list is known. */
  readonly tracksTotal: number;
  readonly tracksDone: number;
  readonly bytes: number;
}

/** One job of the current run. */
export interface JobView {
  readonly id: JobId;
  readonly albumId: AlbumId;
  readonly trackId: TrackId | null;
  readonly kind: JobKind;
  readonly title: string;
  readonly artist: string;
  readonly albumTitle: string;
  readonly path: string;
  readonly formatId: FormatId | null;
  readonly state: JobState;
  /** Null unless running. */
  readonly stage: JobStage | null;
  readonly receivedBytes: number;
  /** From the service once known, else the plan's estimate. */
  readonly totalBytes: number;
  readonly totalIsEstimate: boolean;
  readonly bytesPerSecond: number;
  /** Null unless running, or while the speed is not known. */
  readonly secondsLeft: number | null;
  /** Its place in the queue, lowest first. */
  readonly position: number;
  readonly attempts: number;
  /** Unix milliseconds of the next attempt while `retrying`. */
  readonly retryAtMs: number | null;
  readonly error: ErrorView | null;
}

/** The current run, or the last one until a new one starts. */
export interface RunView {
  readonly id: RunId;
  readonly state: RunState;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly albumsListed: number;
  readonly albumsTotal: number | null;
  readonly listingDone: boolean;
  readonly totals: RunTotals;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
  /** Items that are not what the last preview said. */
  readonly planChanges: number;
  /** What paused or ended it, when something did. */
  readonly error: ErrorView | null;
  /** Unix milliseconds until which the service asked us to wait. */
  readonly coolDownUntilMs: number | null;
}

/** How fresh the list of purchases is. */
export interface PurchasesView {
  readonly state: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly listedAtMs: number | null;
  readonly error: ErrorView | null;
  /** Rows of the last listing that could not be read; they were reported, not lost. */
  readonly oddRows: number;
}

/** What of the way to the network is not a setting. */
export interface NetworkView {
  /** Whether a password for the proxy is kept; it is never shown. */
  readonly proxyPasswordSet: boolean;
}

/** What the app is and where it runs. */
export interface AppView {
  readonly version: string;
  readonly platform: string;
  /** The person's own folder, which paths need not repeat. */
  readonly homeFolder: string;
  readonly demo: boolean;
  /** Whether an app id and secret of the person's own are in use, instead of those the service's player shows. */
  readonly ownAppCredentials: boolean;
}

/** Everything the window needs on start; deltas after `seq` keep it current. */
export interface Snapshot {
  readonly seq: number;
  readonly app: AppView;
  readonly settings: Settings;
  /** Settings whose stored value was damaged and that are back at their default. */
  readonly resetSettings: readonly SettingKey[];
  readonly account: AccountView | null;
  /** Every account Crateful knows, the one in use included. */
  readonly accounts: readonly AccountView[];
  readonly signIn: SignInView;
  readonly network: NetworkView;
  readonly root: RootView | null;
  readonly move: MoveView | null;
  /** Many files on their way to other names, or the last such step. */
  readonly step: StepProgress | null;
  readonly purchases: PurchasesView;
  readonly albums: readonly AlbumSummary[];
  readonly queue: QueueView;
  readonly run: RunView | null;
  readonly jobs: readonly JobView[];
  readonly verify: VerifyView | null;
  readonly adoption: AdoptionView | null;
  /** Newest first. */
  readonly links: readonly LinkView[];
  readonly background: BackgroundView;
}

/** Parts of a snapshot that change as a whole. */
export type ViewPart = Exclude<keyof Snapshot, 'seq' | 'app' | 'albums' | 'jobs'>;

/** What changed since the last delta; absent keys did not. At most 10 a second for the whole app. */
export interface Delta extends Partial<Pick<Snapshot, ViewPart>> {
  readonly seq: number;
  readonly albums?: {
    readonly upsert: readonly AlbumSummary[];
    readonly removed: readonly AlbumId[];
  };
  readonly jobs?: { readonly upsert: readonly JobView[]; readonly removed: readonly JobId[] };
  /** The engine was rebuilt (another account, the demo): ask for a new snapshot. */
  readonly reset?: true;
}

/** Counts and bytes of one kind of plan item. */
export interface PlanCount {
  readonly items: number;
  readonly bytes: number;
}

/** The plan as the window previews it; `final` only when every track list is known. */
export interface Preview {
  readonly final: boolean;
  readonly albumsPlanned: number;
  readonly albumsTotal: number;
  readonly counts: Readonly<Record<PlanAction, PlanCount>>;
  readonly albums: readonly AlbumPlan[];
  /** Null when there is no folder yet. */
  readonly freeBytes: number | null;
}
