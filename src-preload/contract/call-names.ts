/** Every call the bridge offers, by name; schemas stand in `calls.ts`. Plain, so that preload needs no zod. */
export const CALL_NAMES = [
  'getSnapshot',
  'getAlbumTracks',
  'signInWithBrowser',
  'submitSignInAddress',
  'cancelSignIn',
  'signInWithToken',
  'signOut',
  'setAppCredentials',
  'startDemo',
  'leaveDemo',
  'chooseFolder',
  'startRootAnew',
  'updateSettings',
  'refreshPurchases',
  'preview',
  'startSync',
  'stopSync',
  'retryJob',
  'retryFailed',
  'showInFolder',
  'openPage',
] as const;
/** One of {@link CALL_NAMES}. */
export type CallName = (typeof CALL_NAMES)[number];

/** Events main sends to the window, by name. */
export const EVENT_NAMES = ['delta'] as const;
/** One of {@link EVENT_NAMES}. */
export type EventName = (typeof EVENT_NAMES)[number];

/** Pages `openPage` may open in the system's browser; ids, so that no address comes from a page. */
export const PAGES = ['qobuz-purchases', 'qobuz-help'] as const;

/** The IPC channel of a call or event. */
export const channelOf = (name: CallName | EventName): string => `crateful:${name}`;
