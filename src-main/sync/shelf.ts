import { setImmediate } from 'node:timers/promises';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile, Receipt } from '../../src-preload/contract/library.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import { describeAlbum, statusOf } from './album-summary.ts';
import type { OwnedAlbum } from './ownership.ts';

/** What the shelf keeps of a track's file. */
export interface ShelvedFile {
  readonly bytes: number;
  /** Null when nobody knows what it was served as. */
  readonly servedFormatId: FormatId | null;
}

/** A library file as far as the shelf needs it. */
export interface FileOnShelf extends Pick<LibraryFile, 'albumId' | 'trackId' | 'bytes'> {
  readonly receipt: Pick<Receipt, 'servedFormatId'>;
}

/** What stands for a track that is left out: its album is complete without a file of it. */
export const leftOutOnShelf = (albumId: AlbumId, trackId: TrackId): FileOnShelf => ({
  albumId,
  trackId,
  bytes: 0,
  receipt: { servedFormatId: null },
});

/** Everything the shelf shows of an account and a root. */
export interface ShelfContents {
  readonly owned: readonly OwnedAlbum[];
  readonly files: readonly FileOnShelf[];
  /** Tracks the service refused for a reason that still holds. */
  readonly withheld: ReadonlyMap<AlbumId, ReadonlySet<TrackId>>;
}

/** What an album's status depends on besides its files. */
export interface ShelfSources {
  jobStates(albumId: AlbumId): readonly JobState[];
  running(): boolean;
  isSkipped(albumId: AlbumId): boolean;
}

interface Entry {
  owned: OwnedAlbum;
  /** Each track that has its file. */
  readonly tracks: Map<TrackId, ShelvedFile>;
  readonly withheld: Set<TrackId>;
  tracksKnown: number | null;
  /** Its line as it was last asked for; null since its purchases or files changed. */
  line: AlbumSummary | null;
}

/** Rows taken in one go while the shelf is filled: a millisecond's work. */
const CHUNK_ROWS = 2000;

/** Lines made in one go, likewise. */
const CHUNK_ALBUMS = 500;

/** The albums of the account as the window lists them, with what is on disk of each. */
export class Shelf {
  #entries = new Map<AlbumId, Entry>();
  readonly #sources: ShelfSources;

  constructor(sources: ShelfSources) {
    this.#sources = sources;
  }

  /** Replaces everything, for another account or root; what is shown changes at once when all is read. */
  async load({ owned, files, withheld }: ShelfContents): Promise<void> {
    const entries = new Map<AlbumId, Entry>();
    for (const each of owned) {
      entries.set(each.albumId, newEntry(each, withheld.get(each.albumId)));
    }
    for (let from = 0; from < files.length; from += CHUNK_ROWS) {
      for (const file of files.slice(from, from + CHUNK_ROWS)) shelve(entries, file);
      await setImmediate();
    }
    await describeAll(entries.values());
    this.#entries = entries;
  }

  /** Takes over all that the account owns now; albums that are known already keep what is on disk of them. */
  own(owned: readonly OwnedAlbum[]): void {
    const ids = new Set(owned.map(({ albumId }) => albumId));
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#entries.delete(id);
    for (const each of owned) {
      const entry = this.#entries.get(each.albumId);
      if (entry) Object.assign(entry, { owned: each, line: null });
      else this.#entries.set(each.albumId, newEntry(each));
    }
  }

  /** Takes an album out of which nothing is owned that is not part of another. */
  remove(albumId: AlbumId): void {
    this.#entries.delete(albumId);
  }

  /** Counts a track's file; side files do not count. */
  fileSaved(file: FileOnShelf): void {
    shelve(this.#entries, file);
  }

  /** Counts a track's file or not, as a verification found it: one that is to be fetched again does not count. */
  verified(file: FileOnShelf, problem: 'missing' | 'damaged' | 'changed' | null): void {
    if (file.trackId === null) return;
    if (problem === 'missing' || problem === 'damaged') {
      const entry = this.#entries.get(file.albumId);
      entry?.tracks.delete(file.trackId);
      if (entry) entry.line = null;
    } else shelve(this.#entries, file);
  }

  /** Notes that the service will not deliver a track. */
  trackWithheld(albumId: AlbumId, trackId: TrackId): void {
    this.#entries.get(albumId)?.withheld.add(trackId);
  }

  /** Notes how many of an album's tracks are owned and which of them the plan found on disk. */
  planned(albumId: AlbumId, tracks: number, onDisk: ReadonlyMap<TrackId, ShelvedFile>): void {
    const entry = this.#entries.get(albumId);
    if (!entry) return;
    entry.tracksKnown = tracks;
    entry.line = null;
    entry.tracks.clear();
    for (const [id, file] of onDisk) entry.tracks.set(id, file);
  }

  owned(albumId: AlbumId): OwnedAlbum | null {
    return this.#entries.get(albumId)?.owned ?? null;
  }

  summary(albumId: AlbumId): AlbumSummary | null {
    const entry = this.#entries.get(albumId);
    if (!entry) return null;
    const { owned, tracks, withheld, tracksKnown } = entry;
    const facts = {
      files: tracks,
      withheld,
      tracksKnown,
      jobStates: this.#sources.jobStates(albumId),
      skipped: this.#sources.isSkipped(albumId),
    };
    const described = entry.line ?? describeAlbum(owned, facts);
    const status = statusOf(owned, facts, described.tracksTotal, this.#sources.running());
    if (entry.line?.status !== status) entry.line = { ...described, status };
    return entry.line;
  }

  /** Whether these tracks of an album, or with null everything that is owned of it, are on disk. */
  holds(albumId: AlbumId, tracks: Iterable<TrackId> | null): boolean {
    const files = this.#entries.get(albumId)?.tracks;
    if (tracks) return files !== undefined && [...tracks].every((id) => files.has(id));
    return this.summary(albumId)?.status === 'synced';
  }

  ids(): Iterable<AlbumId> {
    return this.#entries.keys();
  }

  summaries(): readonly AlbumSummary[] {
    return [...this.#entries.keys()].flatMap((id) => this.summary(id) ?? []);
  }
}

/** Makes every line once, a few at a time, so that a window that asks for all of them need not wait. */
async function describeAll(entries: Iterable<Entry>): Promise<void> {
  let made = 0;
  for (const entry of entries) {
    const { owned, tracks, tracksKnown } = entry;
    entry.line = { ...describeAlbum(owned, { files: tracks, tracksKnown }), status: 'not-synced' };
    made += 1;
    if (made % CHUNK_ALBUMS === 0) await setImmediate();
  }
}

const newEntry = (owned: OwnedAlbum, withheld?: ReadonlySet<TrackId>): Entry => ({
  owned,
  tracks: new Map(),
  withheld: new Set(withheld),
  tracksKnown: null,
  line: null,
});

function shelve(entries: ReadonlyMap<AlbumId, Entry>, file: FileOnShelf): void {
  if (file.trackId === null) return;
  const { bytes, receipt } = file;
  const { servedFormatId } = receipt;
  const entry = entries.get(file.albumId);
  entry?.tracks.set(file.trackId, { bytes, servedFormatId });
  if (entry) entry.line = null;
}
