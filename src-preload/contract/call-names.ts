/** Every call the bridge offers, by name; schemas stand in `calls.ts`. Plain, so that preload needs no zod. */
export const CALL_NAMES = [
  'getSnapshot',
  'getAlbum',
  'searchLibrary',
  'setSkipped',
  'fetchInFormat',
  'verifyAlbums',
  'cancelVerify',
  'exportReceipts',
  'cancelExport',
  'pickAdoptionFolder',
  'getAdoption',
  'chooseAdoption',
  'preferAdoption',
  'adopt',
  'steerAdoption',
  'undoAdoption',
  'getUndoableAdoption',
  'getSetAside',
  'restoreSetAside',
  'emptySetAside',
  'getOffers',
  'acceptOffers',
  'dismissOffers',
  'getDuplicates',
  'settleDuplicate',
  'fetchLeftOut',
  'signInWithBrowser',
  'signInWithWindow',
  'submitSignInAddress',
  'cancelSignIn',
  'signInWithToken',
  'keepForSession',
  'signOut',
  'switchAccount',
  'setAppCredentials',
  'testAppCredentials',
  'setProxyPassword',
  'startDemo',
  'leaveDemo',
  'pickFolder',
  'useFolder',
  'cancelMove',
  'startRootAnew',
  'previewNaming',
  'previewRearrange',
  'rearrange',
  'getSteps',
  'undoStep',
  'cancelStep',
  'updateSettings',
  'refreshPurchases',
  'preview',
  'startSync',
  'stopSync',
  'pauseQueue',
  'resumeQueue',
  'pauseJobs',
  'resumeJobs',
  'cancelJobs',
  'restoreJobs',
  'moveToTop',
  'retryJobs',
  'retryFailed',
  'getJobDetails',
  'getSpeedHistory',
  'getHistory',
  'getRunAlbums',
  'addLinks',
  'queueLink',
  'dismissLinks',
  'openShop',
  'getShell',
  'setStartAtLogin',
  'openLogFolder',
  'openDataFolder',
  'rebuildDatabase',
  'copyDiagnostics',
  'copyText',
  'installUpdate',
  'showInFolder',
  'openPage',
] as const;
/** One of {@link CALL_NAMES}. */
export type CallName = (typeof CALL_NAMES)[number];

/** Events main sends to the window, by name. `goTo` follows a click outside the window: tray, notification, menu. */
export const EVENT_NAMES = ['delta', 'goTo'] as const;
/** One of {@link EVENT_NAMES}. */
export type EventName = (typeof EVENT_NAMES)[number];

/** Places of the window that main may send a person to; `add-links` is the dialog over the links' page. */
export const PLACES = ['library', 'activity', 'links', 'add-links', 'settings', 'account'] as const;
/** One of {@link PLACES}. */
export type PlaceName = (typeof PLACES)[number];

/** Pages `openPage` may open in the system's browser; ids, so that no address comes from a page. */
export const PAGES = ['qobuz-purchases', 'qobuz-help'] as const;

/** The IPC channel of a call or event. */
export const channelOf = (name: CallName | EventName): string => `crateful:${name}`;
