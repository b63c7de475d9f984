import type { ShellView } from '../../src-preload/contract/background.ts';
import { CALL_NAMES, type PlaceName } from '../../src-preload/contract/call-names.ts';
import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { ErrorCode, ErrorParams, ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { FolderFacts } from '../../src-preload/contract/folders.ts';
import { accountId, rootId } from '../../src-preload/contract/ids.ts';
import type { RebuildReport } from '../../src-preload/contract/recovery.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src-preload/contract/settings.ts';
import type { RearrangePreview, StepView } from '../../src-preload/contract/steps.ts';
import type {
  AccountView,
  Delta,
  Preview,
  RootView,
  RunView,
  SignInView,
  Snapshot,
} from '../../src-preload/contract/views.ts';
import { type AdoptionScene, adoptionCalls } from './fake-adoption.ts';
import { type CareScene, careCalls } from './fake-care.ts';
import { type LibraryScene, libraryCalls } from './fake-library.ts';
import { afterChange, deltaOf, type QueueScene, queueCalls } from './fake-queue.ts';

/** A bridge without a shell: one snapshot, deltas on demand, and a record of what was asked. */
export interface FakeBridge {
  readonly bridge: CratefulBridge;
  /** Names and inputs of the calls made so far. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  /** Sends a delta with the next number, unless it brings its own. */
  send(delta: Omit<Delta, 'seq'> & { readonly seq?: number }): void;
  /** Makes every later call of this name end in a fault. */
  fail(name: keyof CratefulBridge, code: ErrorCode, params?: ErrorParams): void;
  /** What the next snapshot says. */
  setSnapshot(snapshot: Snapshot): void;
  /** A click outside the window that leads to a place in it. */
  goTo(place: PlaceName): void;
}

export const SETTINGS: Settings = { ...DEFAULT_SETTINGS, setupStep: 'done' };

export const ACCOUNT: AccountView = {
  id: accountId('4711'),
  name: 'Mira Holm',
  country: 'SE',
  plan: null,
  signedIn: true,
  credentialStore: 'keychain',
};

export const ROOT: RootView = {
  id: rootId('0a4c3c1e-0000-4000-8000-000000000001'),
  path: '/media/mira/Archive/Music/Qobuz',
  state: 'ready',
  freeBytes: 412_600_000_000,
  lastCheck: null,
};

/** A snapshot in which nothing has happened yet. */
export const EMPTY_SNAPSHOT: Snapshot = {
  seq: 0,
  app: {
    version: '0.1.0',
    platform: 'linux',
    homeFolder: '/home/mira',
    demo: false,
    ownAppCredentials: false,
  },
  settings: SETTINGS,
  resetSettings: [],
  account: null,
  accounts: [],
  signIn: { state: 'idle', error: null, keeping: 'stored' },
  network: { proxyPasswordSet: false },
  root: null,
  move: null,
  step: null,
  purchases: { state: 'unknown', listedAtMs: null, error: null, oddRows: 0 },
  albums: [],
  queue: { paused: false },
  run: null,
  jobs: [],
  verify: null,
  adoption: null,
  links: [],
  background: {
    online: true,
    nextSyncAtMs: null,
    lastSyncAtMs: null,
    holding: null,
    goesOnWith: null,
  },
};

const EMPTY_PREVIEW: Preview = {
  final: true,
  albumsPlanned: 0,
  albumsTotal: 0,
  counts: {
    keep: { items: 0, bytes: 0 },
    download: { items: 0, bytes: 0 },
    replace: { items: 0, bytes: 0 },
    adopt: { items: 0, bytes: 0 },
    unavailable: { items: 0, bytes: 0 },
  },
  albums: [],
  freeBytes: null,
};

/** What the system around a scene says, unless the scene says otherwise. */
export const SHELL: ShellView = {
  startAtLogin: 'off',
  notifications: true,
  logFolder: '/home/mira/.local/share/crateful/logs',
  update: { state: 'idle', version: null },
};

/** A folder nobody has used, as the dialog answers it unless the scene says otherwise. */
export const PICKED: FolderFacts = {
  path: '/media/mira/Backup/Qobuz',
  state: 'new',
  freeBytes: 1_830_000_000_000,
  files: 0,
  audioFiles: 0,
  filesAreMore: false,
};

const NOTHING_TO_MOVE: RearrangePreview = {
  albums: 0,
  files: 0,
  companions: 0,
  examples: [],
  keeps: [],
  keepsTotal: 0,
  lists: [],
};

/** What a scene answers; everything else is empty. */
export interface Scene extends LibraryScene, AdoptionScene, CareScene {
  readonly snapshot: Snapshot;
  readonly preview?: Preview;
  readonly picked?: FolderFacts | null;
  readonly steps?: readonly StepView[];
  /** What another naming template would move; nothing when absent. */
  readonly rearrange?: RearrangePreview;
  readonly shell?: ShellView;
  readonly queue?: QueueScene;
  /** Why there is no engine; until the record is rebuilt. */
  readonly startFault?: ErrorView;
  /** What a rebuild tells. */
  readonly rebuilt?: RebuildReport;
}

/** A bridge that plays one scene. Settings, folder and stop have the effect a person would see. */
export function createFakeBridge(scene: Scene): FakeBridge {
  const calls: { name: string; input: unknown }[] = [];
  const faults = new Map<string, { code: ErrorCode; params: ErrorParams }>();
  const listeners = new Set<(delta: Delta) => void>();
  if (scene.startFault) faults.set('getSnapshot', scene.startFault);
  let snapshot = scene.snapshot;
  let shell = scene.shell ?? SHELL;
  let picked: FolderFacts | null = null;
  const places = new Set<(place: PlaceName) => void>();
  let seq = snapshot.seq;

  const send: FakeBridge['send'] = (delta) => {
    seq = delta.seq ?? seq + 1;
    for (const listener of listeners) listener({ ...delta, seq });
  };
  const setRun = (patch: Partial<RunView>): void => {
    if (snapshot.run === null) return;
    snapshot = { ...snapshot, run: { ...snapshot.run, ...patch } };
    send({ run: snapshot.run });
  };
  const answer = <Result>(name: string, input: unknown, value: () => Result) => {
    calls.push({ name, input });
    const fault = faults.get(name);
    const reply: CallReply<Result> =
      fault === undefined ? { ok: true, value: value() } : { ok: false, error: fault };
    return Promise.resolve(reply);
  };
  const nothing =
    (name: string, effect: () => void = () => {}) =>
    (input?: unknown) =>
      answer(name, input, () => {
        effect();
        return null;
      });

  const change = (patch: Parameters<typeof afterChange>[1]): void => {
    snapshot = afterChange(snapshot, patch);
    send(deltaOf(patch));
  };
  const signInIs = (state: SignInView['state']): void =>
    send({ signIn: { ...snapshot.signIn, state, error: null } });
  const acted: Partial<CratefulBridge> = {
    ...queueCalls({ scene, read: () => snapshot, change, answer }),
    ...libraryCalls({
      scene,
      read: () => snapshot,
      become: (next, delta) => {
        snapshot = next;
        send(delta);
      },
      answer,
    }),
    ...adoptionCalls({
      scene,
      read: () => snapshot.adoption,
      become: (adoption) => {
        snapshot = { ...snapshot, adoption };
        send({ adoption });
      },
      answer,
    }),
    ...careCalls(scene, answer),
    getSnapshot: () => answer('getSnapshot', undefined, () => ({ ...snapshot, seq })),
    signInWithBrowser: nothing('signInWithBrowser', () => signInIs('waiting-for-browser')),
    cancelSignIn: nothing('cancelSignIn', () => signInIs('idle')),
    keepForSession: nothing('keepForSession', () => {
      snapshot = { ...snapshot, signIn: { ...snapshot.signIn, keeping: 'session' } };
      send({ signIn: snapshot.signIn });
    }),
    signInWithToken: nothing('signInWithToken', () => send({ account: ACCOUNT })),
    signOut: nothing('signOut', () => send({ account: null })),
    pickFolder: () =>
      answer('pickFolder', undefined, () => {
        picked = scene.picked === undefined ? PICKED : scene.picked;
        return picked;
      }),
    useFolder: (input) =>
      answer('useFolder', input, () => {
        const { path, freeBytes } = picked ?? ROOT;
        send({ root: { ...ROOT, path, freeBytes } });
        return null;
      }),
    previewNaming: (input) =>
      answer('previewNaming', input, () => {
        const unknown = /\{(?!albumArtist|album|version|year|label|disc|track|title|artist)(\w*)\}/;
        const at = unknown.exec(input.template)?.[1];
        if (at !== undefined) return { problem: 'unknown-word' as const, at, examples: [] };
        return {
          problem: null,
          at: null,
          examples: scene.snapshot.albums
            .slice(0, 3)
            .map(({ artist, title }) => `${artist}/${title}/01 - Overture.flac`),
        };
      }),
    rebuildDatabase: () =>
      answer('rebuildDatabase', undefined, () => {
        faults.delete('getSnapshot');
        return scene.rebuilt ?? null;
      }),
    getSteps: () => answer('getSteps', undefined, () => scene.steps ?? []),
    previewRearrange: () =>
      answer('previewRearrange', undefined, () => scene.rearrange ?? NOTHING_TO_MOVE),
    getShell: () => answer('getShell', undefined, () => shell),
    setStartAtLogin: (input) =>
      answer('setStartAtLogin', input, () => {
        if (shell.startAtLogin !== 'unavailable') {
          shell = { ...shell, startAtLogin: input.on ? 'on' : 'off' };
        }
        return shell;
      }),
    switchAccount: (input) =>
      answer('switchAccount', input, () => {
        const account = snapshot.accounts.find(({ id }) => id === input.accountId);
        if (account !== undefined) send({ account });
        return null;
      }),
    setProxyPassword: (input) =>
      answer('setProxyPassword', input, () => {
        send({ network: { proxyPasswordSet: input.password !== '' } });
        return null;
      }),
    signInWithWindow: nothing('signInWithWindow', () => signInIs('waiting-for-browser')),
    startRootAnew: nothing('startRootAnew', () => send({ root: { ...ROOT, state: 'new' } })),
    updateSettings: (patch) =>
      answer('updateSettings', patch, () => {
        const given = Object.entries(patch).filter(([, value]) => value !== undefined);
        snapshot = {
          ...snapshot,
          settings: { ...snapshot.settings, ...Object.fromEntries(given) },
        };
        send({ settings: snapshot.settings });
        return snapshot.settings;
      }),
    preview: () => answer('preview', undefined, () => scene.preview ?? EMPTY_PREVIEW),
    startSync: (input) => answer('startSync', input, () => null),
    stopSync: nothing('stopSync', () => setRun({ state: 'stopping' })),
    onDelta: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGoTo: (listener) => {
      places.add(listener);
      return () => places.delete(listener);
    },
  };
  // Whatever has no effect of its own in a scene is noted and answered with nothing.
  const noted = Object.fromEntries(CALL_NAMES.map((name) => [name, nothing(name)]));
  const bridge = { ...noted, ...acted } as CratefulBridge;
  return {
    bridge,
    calls,
    send,
    fail: (name, code, params = {}) => faults.set(name, { code, params }),
    goTo: (place) => {
      for (const listener of places) listener(place);
    },
    setSnapshot: (next) => {
      snapshot = next;
    },
  };
}
