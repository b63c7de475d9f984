import type { AlbumId, JobId } from '../../src-preload/contract/ids.ts';
import type { Settings, SettingsPatch } from '../../src-preload/contract/settings.ts';
import type {
  Delta,
  Preview,
  RootView,
  RunView,
  Snapshot,
  TrackView,
} from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Ports } from '../ports.ts';

// Stands in for ../engine.ts until that file is there: its types word for word, and no engine.

export interface EngineOptions {
  readonly home: string;
  readonly apiBase: string;
  readonly playerBase: string;
  readonly keychainService: string;
  readonly environment: {
    readonly token: string | null;
    readonly appId: string | null;
    readonly appSecret: string | null;
  };
  readonly apiRatePerSecond: number | null;
  readonly version: string;
  readonly demo: boolean;
  readonly workers: { readonly audio: URL; readonly scan: URL };
}

export interface Engine {
  snapshot(): Promise<Snapshot>;
  onDelta(listener: (delta: Delta) => void): () => void;
  readonly events: EventStream;
  albumTracks(albumId: AlbumId): Promise<readonly TrackView[]>;
  signInWithBrowser(): Promise<void>;
  submitSignInAddress(address: string): Promise<void>;
  cancelSignIn(): Promise<void>;
  signInWithToken(token: string): Promise<void>;
  signInWithPassword(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  setAppCredentials(pair: { appId: string; appSecret: string } | null): Promise<void>;
  useFolder(path: string): Promise<RootView>;
  startRootAnew(): Promise<void>;
  updateSettings(patch: SettingsPatch): Promise<Settings>;
  refreshPurchases(): Promise<void>;
  preview(): Promise<Preview>;
  startSync(options?: { albumIds?: readonly AlbumId[] }): Promise<RunView>;
  stopSync(): Promise<void>;
  retryJob(jobId: JobId): Promise<void>;
  retryFailed(): Promise<void>;
  pathOf(item: { jobId?: JobId | undefined; albumId?: AlbumId | undefined }): Promise<string>;
  coverFile(albumId: AlbumId): Promise<string | null>;
  dispose(): Promise<void>;
}

export async function createEngine(_options: EngineOptions, _ports: Ports): Promise<Engine> {
  throw new CratefulError('UNEXPECTED', { reason: 'the engine is not built in yet' });
}
