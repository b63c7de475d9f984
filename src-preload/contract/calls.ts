import { z } from 'zod';
import type { CallName } from './call-names.ts';
import { PAGES } from './call-names.ts';
import type { ErrorView } from './error-codes.ts';
import { albumId, jobId } from './ids.ts';
import { type Settings, settingsPatchSchema } from './settings.ts';
import type { Delta, Preview, Snapshot, TrackView } from './views.ts';

const nothing = z.undefined();
const albumIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,64}$/)
  .transform(albumId);
const jobIdSchema = z.string().min(1).max(64).transform(jobId);

/** The input of every call; main parses it before a handler sees it (architecture §7). */
export const callSchemas = {
  getSnapshot: nothing,
  getAlbumTracks: z.strictObject({ albumId: albumIdSchema }),
  signInWithBrowser: nothing,
  submitSignInAddress: z.strictObject({ address: z.string().trim().min(1).max(4096) }),
  cancelSignIn: nothing,
  signInWithToken: z.strictObject({ token: z.string().trim().min(8).max(1024) }),
  signOut: nothing,
  setAppCredentials: z.strictObject({
    appId: z.string().trim().max(32),
    appSecret: z.string().trim().max(128),
  }),
  startDemo: nothing,
  leaveDemo: nothing,
  chooseFolder: nothing,
  startRootAnew: nothing,
  updateSettings: settingsPatchSchema,
  refreshPurchases: nothing,
  preview: nothing,
  startSync: z.strictObject({ albumIds: z.array(albumIdSchema).min(1).max(20_000) }).optional(),
  stopSync: nothing,
  retryJob: z.strictObject({ jobId: jobIdSchema }),
  retryFailed: nothing,
  showInFolder: z.strictObject({
    jobId: jobIdSchema.optional(),
    albumId: albumIdSchema.optional(),
  }),
  openPage: z.strictObject({ page: z.enum(PAGES) }),
} as const satisfies Record<CallName, z.ZodType>;

/** What each call answers. */
export interface CallResults {
  getSnapshot: Snapshot;
  getAlbumTracks: readonly TrackView[];
  signInWithBrowser: null;
  submitSignInAddress: null;
  cancelSignIn: null;
  signInWithToken: null;
  signOut: null;
  /** Both fields empty returns to automatic discovery. */
  setAppCredentials: null;
  startDemo: null;
  leaveDemo: null;
  /** False when the dialog was dismissed. */
  chooseFolder: boolean;
  startRootAnew: null;
  updateSettings: Settings;
  refreshPurchases: null;
  preview: Preview;
  startSync: null;
  stopSync: null;
  retryJob: null;
  retryFailed: null;
  showInFolder: null;
  openPage: null;
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
};
