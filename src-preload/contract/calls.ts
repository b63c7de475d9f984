import { z } from 'zod';
import {
  ADOPTION_FILTERS,
  ADOPTION_TURNS,
  ADOPTION_WAYS,
  type AdoptionPage,
  MOST_ADOPTION_ROWS,
} from './adoption.ts';
import type { AlbumView, SearchAnswer } from './album-view.ts';
import type { ShellView } from './background.ts';
import type { CallName, PlaceName } from './call-names.ts';
import { PAGES } from './call-names.ts';
import type { DuplicatePage, OfferPage } from './editions.ts';
import type { ErrorView } from './error-codes.ts';
import { FOLDER_MODES, type FolderFacts } from './folders.ts';
import { type AlbumId, accountId, albumId, jobId, linkId, runId, stepId, trackId } from './ids.ts';
import type { NamingPreview } from './naming.ts';
import type { JobDetails, RunAlbum, RunSummary, SpeedHistory } from './queue.ts';
import { EXPORT_KINDS, type ExportCounts } from './receipts.ts';
import type { RebuildReport } from './recovery.ts';
import type { SetAsidePage } from './set-aside.ts';
import { type Settings, settingsPatchSchema } from './settings.ts';
import type { RearrangePreview, StepView } from './steps.ts';
import type { Delta, Preview, Snapshot } from './views.ts';

const nothing = z.undefined();
const albumIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,64}$/)
  .transform(albumId);
const trackIdSchema = z.number().int().positive().transform(trackId);
const jobIdSchema = z.string().min(1).max(128).transform(jobId);
const linkIdSchema = z.string().min(1).max(64).transform(linkId);
const runIdSchema = z.string().min(1).max(64).transform(runId);
const stepIdSchema = z.string().min(1).max(64).transform(stepId);
const accountIdSchema = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .transform(accountId);

const albumIds = z.array(albumIdSchema).min(1).max(20_000);
const setAsideId = z.string().min(1).max(2048);
const offerScope = z
  .array(
    z.strictObject({
      albumId: albumIdSchema,
      /** Null for all that is offered of the album. */
      trackIds: z.array(trackIdSchema).min(1).max(2000).nullable(),
    }),
  )
  .min(1)
  .max(20_000);
const someJobs = z.strictObject({ jobIds: z.array(jobIdSchema).min(1).max(200_000) });

/** The input of every call; main parses it before a handler sees it (architecture §7). */
export const callSchemas = {
  getSnapshot: nothing,

  getAlbum: z.strictObject({ albumId: albumIdSchema }),
  searchLibrary: z.strictObject({ query: z.string().max(200) }),
  setSkipped: z.strictObject({ albumIds, skip: z.boolean() }),
  fetchInFormat: z.strictObject({
    albumId: albumIdSchema,
    formatId: z.number().int().positive().nullable(),
  }),
  /** Null for the whole library. */
  verifyAlbums: z.strictObject({ albumIds: albumIds.nullable() }),
  cancelVerify: nothing,
  exportReceipts: z.strictObject({ kind: z.enum(EXPORT_KINDS) }),
  cancelExport: nothing,

  pickAdoptionFolder: nothing,
  getAdoption: z.strictObject({
    filter: z.enum(ADOPTION_FILTERS),
    from: z.number().int().min(0).max(10_000_000),
    count: z.number().int().min(1).max(MOST_ADOPTION_ROWS),
  }),
  /** Null stands for all albums, and for all files. */
  chooseAdoption: z.strictObject({
    filter: z.enum(ADOPTION_FILTERS),
    albumId: albumIdSchema.nullable(),
    ids: z.array(z.number().int().nonnegative()).max(20_000).nullable(),
    chosen: z.boolean(),
  }),
  /** Takes another copy of a track in place of the file it was given to. */
  preferAdoption: z.strictObject({ id: z.number().int().nonnegative() }),
  adopt: z.strictObject({ way: z.enum(ADOPTION_WAYS) }),
  steerAdoption: z.strictObject({ turn: z.enum(ADOPTION_TURNS) }),
  undoAdoption: z.strictObject({ stepId: stepIdSchema }),
  getUndoableAdoption: nothing,
  getSetAside: z.strictObject({ after: setAsideId.nullable() }),
  restoreSetAside: z.strictObject({ ids: z.array(setAsideId).min(1).max(5000) }),
  /** Deletes for good; null for all. Only ever asked after a person has confirmed it. */
  emptySetAside: z.strictObject({ ids: z.array(setAsideId).min(1).max(5000).nullable() }),
  getOffers: z.strictObject({ after: albumIdSchema.nullable() }),
  /** Null for all that is offered. */
  acceptOffers: z.strictObject({ scope: offerScope.nullable() }),
  dismissOffers: z.strictObject({ scope: offerScope }),
  getDuplicates: z.strictObject({ after: z.string().min(1).max(64).nullable() }),
  /** With null all copies stay. */
  settleDuplicate: z.strictObject({
    key: z.string().min(1).max(64),
    aside: z.strictObject({ albumId: albumIdSchema, trackId: trackIdSchema.nullable() }).nullable(),
  }),
  fetchLeftOut: z.strictObject({ albumId: albumIdSchema }),

  signInWithBrowser: nothing,
  signInWithWindow: nothing,
  submitSignInAddress: z.strictObject({ address: z.string().trim().min(1).max(4096) }),
  cancelSignIn: nothing,
  signInWithToken: z.strictObject({ token: z.string().trim().min(8).max(1024) }),
  keepForSession: nothing,
  signOut: z.strictObject({ queue: z.enum(['keep', 'discard']) }),
  switchAccount: z.strictObject({ accountId: accountIdSchema }),
  setAppCredentials: z.strictObject({
    appId: z.string().trim().max(32),
    appSecret: z.string().trim().max(128),
  }),
  testAppCredentials: z.strictObject({
    appId: z.string().trim().min(1).max(32),
    appSecret: z.string().trim().min(1).max(128),
  }),
  setProxyPassword: z.strictObject({ password: z.string().max(1024) }),
  startDemo: nothing,
  leaveDemo: nothing,

  pickFolder: nothing,
  useFolder: z.strictObject({ mode: z.enum(FOLDER_MODES) }),
  cancelMove: nothing,
  startRootAnew: nothing,
  previewNaming: z.strictObject({ template: z.string().max(400) }),
  previewRearrange: nothing,
  rearrange: nothing,
  getSteps: nothing,
  undoStep: z.strictObject({ stepId: stepIdSchema }),
  cancelStep: nothing,
  updateSettings: settingsPatchSchema,

  refreshPurchases: nothing,
  preview: nothing,
  startSync: z.strictObject({ albumIds }).optional(),
  stopSync: nothing,

  pauseQueue: nothing,
  resumeQueue: nothing,
  pauseJobs: someJobs,
  resumeJobs: someJobs,
  cancelJobs: someJobs,
  restoreJobs: someJobs,
  moveToTop: someJobs,
  retryJobs: someJobs,
  retryFailed: nothing,
  getJobDetails: z.strictObject({ jobId: jobIdSchema }),
  getSpeedHistory: nothing,
  getHistory: z.strictObject({ before: runIdSchema.nullable() }),
  getRunAlbums: z.strictObject({ runId: runIdSchema }),

  addLinks: z.strictObject({ text: z.string().min(1).max(100_000) }),
  queueLink: z.strictObject({ linkId: linkIdSchema }),
  dismissLinks: z.strictObject({ linkIds: z.array(linkIdSchema).max(10_000) }),
  openShop: z.strictObject({
    linkId: linkIdSchema,
    item: z.number().int().nonnegative().nullable(),
  }),

  getShell: nothing,
  setStartAtLogin: z.strictObject({ on: z.boolean() }),
  openLogFolder: nothing,
  openDataFolder: nothing,
  rebuildDatabase: nothing,
  copyDiagnostics: nothing,
  copyText: z.strictObject({ text: z.string().min(1).max(100_000) }),
  installUpdate: nothing,

  showInFolder: z.strictObject({
    jobId: jobIdSchema.optional(),
    albumId: albumIdSchema.optional(),
    trackId: trackIdSchema.optional(),
    setAsideId: setAsideId.optional(),
  }),
  openPage: z.strictObject({ page: z.enum(PAGES) }),
} as const satisfies Record<CallName, z.ZodType>;

/** What each call answers; `null` where there is nothing to say. */
export type CallResults = Omit<Record<CallName, null>, keyof SpeakingCalls> & SpeakingCalls;

interface SpeakingCalls {
  getSnapshot: Snapshot;
  getAlbum: AlbumView;
  searchLibrary: SearchAnswer;
  /** Null when the dialog was dismissed. */
  exportReceipts: ExportCounts | null;
  /** False when the dialog was dismissed. */
  pickAdoptionFolder: boolean;
  getAdoption: AdoptionPage;
  getUndoableAdoption: StepView | null;
  /** Null when the dialog was dismissed; `useFolder` then acts on what was picked last. */
  pickFolder: FolderFacts | null;
  previewNaming: NamingPreview;
  previewRearrange: RearrangePreview;
  /** The newest first. */
  getSteps: readonly StepView[];
  getSetAside: SetAsidePage;
  /** How many files would not go. */
  emptySetAside: number;
  getOffers: OfferPage;
  getDuplicates: DuplicatePage;
  updateSettings: Settings;
  preview: Preview;
  getJobDetails: JobDetails;
  getSpeedHistory: SpeedHistory;
  /** Newest first, at most 50. */
  getHistory: readonly RunSummary[];
  getRunAlbums: readonly RunAlbum[];
  /** How many links were found in the text. */
  addLinks: number;
  getShell: ShellView;
  /** Null when the record turned out to be whole, and nothing was done. */
  rebuildDatabase: RebuildReport | null;
  setStartAtLogin: ShellView;
}

/** A call's input before parsing, as the renderer writes it. */
export type CallInput<Name extends CallName> = z.input<(typeof callSchemas)[Name]>;
/** A call's input after parsing, as the handler gets it. */
export type CallArguments<Name extends CallName> = z.output<(typeof callSchemas)[Name]>;

/** What crosses the bridge for every call: an answer or a fault, never a stack. */
export type CallReply<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: ErrorView };

/** What preload puts on `window.crateful`. */
export type CratefulBridge = {
  readonly [Name in CallName]: CallInput<Name> extends undefined
    ? () => Promise<CallReply<CallResults[Name]>>
    : (input: CallInput<Name>) => Promise<CallReply<CallResults[Name]>>;
} & {
  /** Subscribes to deltas; returns how to unsubscribe. */
  readonly onDelta: (listener: (delta: Delta) => void) => () => void;
  /** Hears where a click outside the window leads, to an album where it names one; returns how to unsubscribe. */
  readonly onGoTo: (listener: (place: PlaceName, albumId?: AlbumId) => void) => () => void;
};
