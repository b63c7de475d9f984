import { mkdir } from 'node:fs/promises';
import type { Shell } from 'electron';
import type { PAGES } from '../../src-preload/contract/call-names.ts';
import type { ExportKind } from '../../src-preload/contract/receipts.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { Engine } from '../engine.ts';
import { CratefulError } from '../errors.ts';
import type { EngineHost } from './engine-host.ts';
import type { CallHandlers } from './ipc.ts';
import type { ShellCalls } from './shell-calls.ts';

/** Where `openPage` leads; a page only ever names the key. */
const PAGE_ADDRESSES: Readonly<Record<(typeof PAGES)[number], string>> = {
  'qobuz-purchases': 'https://www.qobuz.com/profile/downloads',
  'qobuz-help': 'https://help.qobuz.com/',
};

/** What exports are called unless somebody calls them otherwise. */
const EXPORT_NAMES: Readonly<Record<ExportKind, string>> = {
  json: 'crateful-receipts.json',
  sha256: 'crateful-receipts.sha256',
};

/** What the handlers need besides the engine. */
export interface CallSurroundings {
  readonly host: EngineHost;
  /** Asks for a folder, beginning at `from`; null when dismissed. */
  chooseFolder(from: string | null): Promise<string | null>;
  /** Asks where to write a file of a person's own, and whether to replace one there; null when dismissed. */
  chooseNewFile(name: string): Promise<string | null>;
  readonly showItemInFolder: Shell['showItemInFolder'];
  openUrl(url: string): Promise<void>;
  /** Shows a folder; gives why it could not, or nothing. */
  openPath(path: string): Promise<string>;
  readonly logFolder: string;
  readonly dataFolder: string;
  /** Takes the settings that the shell itself follows into effect. */
  follow(settings: Settings): void;
  writeClipboard(text: string): Promise<void>;
  /** Throws what `Engine.signInWithBrowser` throws. */
  signInWithWindow(engine: Engine): Promise<void>;
}

/** Maps the contract's calls to the engine's methods and the shell's own few. */
export function createCallHandlers(
  surroundings: CallSurroundings,
): Omit<CallHandlers, keyof ShellCalls> {
  const { host } = surroundings;
  const engine = (): Promise<Engine> => host.current();
  const done = async (work: Promise<unknown>): Promise<null> => {
    await work;
    return null;
  };
  return {
    getSnapshot: async () => (await engine()).snapshot(),
    getAlbum: async ({ albumId }) => (await engine()).desk.album(albumId),
    searchLibrary: async ({ query }) => (await engine()).desk.search(query),
    setSkipped: async ({ albumIds, skip }) =>
      done((await engine()).desk.setSkipped(albumIds, skip)),
    fetchInFormat: async ({ albumId, formatId }) =>
      done((await engine()).desk.fetchInFormat(albumId, formatId)),
    verifyAlbums: async ({ albumIds }) => done((await engine()).verification.start(albumIds)),
    cancelVerify: async () => done((await engine()).verification.cancel()),
    exportReceipts: async ({ kind }) => {
      const path = await surroundings.chooseNewFile(EXPORT_NAMES[kind]);
      if (path === null) return null;
      return (await engine()).receipts.export({ json: null, sha256: null, [kind]: path });
    },
    cancelExport: async () => done((await engine()).receipts.cancel()),
    pickAdoptionFolder: async () => {
      const { adoption, snapshot } = await engine();
      const path = await surroundings.chooseFolder((await snapshot()).root?.path ?? null);
      if (path !== null) await adoption.scan(path);
      return path !== null;
    },
    getAdoption: async ({ filter, from, count }) =>
      (await engine()).adoption.page(filter, from, count),
    chooseAdoption: async (tick) => {
      (await engine()).adoption.tick(tick);
      return null;
    },
    preferAdoption: async ({ id }) => {
      (await engine()).adoption.prefer(id);
      return null;
    },
    adopt: async ({ way }) => done((await engine()).adoption.take(way)),
    steerAdoption: async ({ turn }) => done((await engine()).adoption.steer(turn)),
    undoAdoption: async ({ stepId }) => done((await engine()).adoption.undo(stepId)),
    getUndoableAdoption: async () => (await engine()).adoption.undoable(),
    getSetAside: async ({ after }) => (await engine()).setAside.page(after),
    restoreSetAside: async ({ ids }) => done((await engine()).setAside.restore(ids)),
    emptySetAside: async ({ ids }) => (await engine()).setAside.empty(ids),
    getOffers: async ({ after }) => (await engine()).offers.page(after),
    acceptOffers: async ({ scope }) => done((await engine()).offers.accept(scope)),
    dismissOffers: async ({ scope }) => done((await engine()).offers.dismiss(scope)),
    getDuplicates: async ({ after }) => (await engine()).duplicates.page(after),
    settleDuplicate: async ({ key, aside }) => done((await engine()).duplicates.settle(key, aside)),
    fetchLeftOut: async ({ albumId }) => done((await engine()).duplicates.fetchAgain(albumId)),
    signInWithBrowser: async () => done((await engine()).signInWithBrowser()),
    signInWithWindow: async () => done(surroundings.signInWithWindow(await engine())),
    submitSignInAddress: async ({ address }) => done((await engine()).submitSignInAddress(address)),
    cancelSignIn: async () => done((await engine()).cancelSignIn()),
    signInWithToken: async ({ token }) => done((await engine()).signInWithToken(token)),
    keepForSession: async () => done((await engine()).keepForSession()),
    signOut: async (options) => done((await engine()).accounts.signOut(options)),
    switchAccount: async ({ accountId }) => done((await engine()).accounts.switchTo(accountId)),
    testAppCredentials: async (pair) => done((await engine()).accounts.testAppCredentials(pair)),
    setProxyPassword: async ({ password }) =>
      done((await engine()).network.setProxyPassword(password)),
    setAppCredentials: async ({ appId, appSecret }) => {
      const pair = appId === '' && appSecret === '' ? null : { appId, appSecret };
      await (await engine()).setAppCredentials(pair);
      await host.rebuild();
      return null;
    },
    startDemo: () => done(host.switchTo('demo')),
    leaveDemo: () => done(host.switchTo('real')),
    pickFolder: async () => {
      const { folders, snapshot } = await engine();
      const path = await surroundings.chooseFolder((await snapshot()).root?.path ?? null);
      return path === null ? null : folders.look(path);
    },
    useFolder: async ({ mode }) => done((await engine()).folders.use(mode)),
    cancelMove: async () => done((await engine()).folders.cancelMove()),
    previewNaming: async ({ template }) => (await engine()).previewNaming(template),
    previewRearrange: async () => (await engine()).rearranging.preview(),
    rearrange: async () => done((await engine()).rearranging.begin()),
    getSteps: async () => (await engine()).steps.list(),
    undoStep: async ({ stepId }) => done((await engine()).steps.beginUndo(stepId)),
    cancelStep: async () => done((await engine()).steps.cancel()),
    startRootAnew: async () => done((await engine()).folders.startAnew()),
    updateSettings: async (patch) => {
      const settings = await (await engine()).updateSettings(patch);
      // The window is told in its own time; what the shell follows holds when the call returns.
      surroundings.follow(settings);
      return settings;
    },
    refreshPurchases: async () => done((await engine()).refreshPurchases()),
    preview: async () => (await engine()).preview(),
    startSync: async (options) => done(begun(await engine(), options)),
    stopSync: async () => done((await engine()).stopSync()),
    pauseQueue: async () => done((await engine()).queue.pause()),
    resumeQueue: async () => done((await engine()).queue.resume()),
    pauseJobs: async ({ jobIds }) => done((await engine()).queue.pauseJobs(jobIds)),
    resumeJobs: async ({ jobIds }) => done((await engine()).queue.resumeJobs(jobIds)),
    cancelJobs: async ({ jobIds }) => done((await engine()).queue.cancel(jobIds)),
    restoreJobs: async ({ jobIds }) => done((await engine()).queue.restore(jobIds)),
    moveToTop: async ({ jobIds }) => done((await engine()).queue.moveToTop(jobIds)),
    retryJobs: async ({ jobIds }) => done((await engine()).queue.retry(jobIds)),
    retryFailed: async () => done((await engine()).queue.retryFailed()),
    getJobDetails: async ({ jobId }) => (await engine()).queue.details(jobId),
    getSpeedHistory: async () => (await engine()).queue.speedHistory(),
    getHistory: async ({ before }) => (await engine()).queue.history(before),
    getRunAlbums: async ({ runId }) => (await engine()).queue.runAlbums(runId),
    showInFolder: async ({ setAsideId, ...item }) => {
      const { desk, setAside } = await engine();
      const shown = setAsideId === undefined ? desk.pathOf(item) : setAside.pathOf(setAsideId);
      surroundings.showItemInFolder(await shown);
      return null;
    },
    addLinks: async ({ text }) => (await engine()).links.add(text),
    queueLink: async ({ linkId }) => done((await engine()).links.queue(linkId)),
    dismissLinks: async ({ linkIds }) => {
      (await engine()).links.dismiss(linkIds);
      return null;
    },
    openShop: async ({ linkId, item }) =>
      done(surroundings.openUrl((await engine()).links.shopAddress(linkId, item))),
    openLogFolder: async () => done(openFolder(surroundings, surroundings.logFolder)),
    openDataFolder: async () => done(openFolder(surroundings, surroundings.dataFolder)),
    rebuildDatabase: () => host.recover(),
    copyDiagnostics: async () =>
      done(surroundings.writeClipboard(await (await engine()).diagnostics())),
    copyText: ({ text }) => done(surroundings.writeClipboard(text)),
    openPage: async ({ page }) => done(surroundings.openUrl(PAGE_ADDRESSES[page])),
  };
}

/** Shows one of our own folders, made if there is nothing in it yet. Throws `UNEXPECTED` where nothing can show it. */
async function openFolder({ openPath }: CallSurroundings, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const why = await openPath(folder);
  if (why !== '') throw new CratefulError('UNEXPECTED', { reason: why });
}

/**
 * Resolves once the run is under way: the call must not stay open for the hours a run may take. A fault
 * before that is the call's; a later one is the run's, which every view carries.
 */
function begun(engine: Engine, options: Parameters<Engine['startSync']>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = engine.onDelta((delta) => {
      const state = delta.run?.state;
      if (state !== 'preparing' && state !== 'running' && state !== 'paused') return;
      stop();
      resolve();
    });
    engine
      .startSync(options)
      .then(() => resolve(), reject)
      .finally(stop);
  });
}
