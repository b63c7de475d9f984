import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { JobState } from '../../src-preload/contract/states.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';
import { summariseAlbum } from './album-summary.ts';
import type { OwnedAlbum } from './ownership.ts';

interface Entry {
  owned: OwnedAlbum;
  /** Bytes of each track that has its file. */
  readonly tracks: Map<TrackId, number>;
  tracksKnown: number | null;
}

/** The albums of the account as the window lists them, with what is on disk of each. */
export class Shelf {
  readonly #entries = new Map<AlbumId, Entry>();
  readonly #jobStates: (albumId: AlbumId) => readonly JobState[];
  readonly #running: () => boolean;

  constructor(jobStates: (albumId: AlbumId) => readonly JobState[], running: () => boolean) {
    this.#jobStates = jobStates;
    this.#running = running;
  }

  /** Replaces everything, for another account or root. */
  load(owned: readonly OwnedAlbum[], files: readonly LibraryFile[]): void {
    this.#entries.clear();
    this.own(owned);
    for (const file of files) this.fileSaved(file);
  }

  /** Takes over all that the account owns now; albums that are known already keep what is on disk of them. */
  own(owned: readonly OwnedAlbum[]): void {
    const ids = new Set(owned.map(({ albumId }) => albumId));
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#entries.delete(id);
    for (const each of owned) {
      const entry = this.#entries.get(each.albumId);
      if (entry) entry.owned = each;
      else this.#entries.set(each.albumId, { owned: each, tracks: new Map(), tracksKnown: null });
    }
  }

  /** Takes an album out of which nothing is owned that is not part of another. */
  remove(albumId: AlbumId): void {
    this.#entries.delete(albumId);
  }

  /** Counts a track's file; side files do not count. */
  fileSaved(file: Pick<LibraryFile, 'albumId' | 'trackId' | 'bytes'>): void {
    if (file.trackId !== null) {
      this.#entries.get(file.albumId)?.tracks.set(file.trackId, file.bytes);
    }
  }

  /** Notes how many of an album's tracks are owned and which of them the plan found on disk. */
  planned(albumId: AlbumId, tracks: number, onDisk: ReadonlyMap<TrackId, number>): void {
    const entry = this.#entries.get(albumId);
    if (!entry) return;
    entry.tracksKnown = tracks;
    entry.tracks.clear();
    for (const [id, bytes] of onDisk) entry.tracks.set(id, bytes);
  }

  owned(albumId: AlbumId): OwnedAlbum | null {
    return this.#entries.get(albumId)?.owned ?? null;
  }

  summary(albumId: AlbumId): AlbumSummary | null {
    const entry = this.#entries.get(albumId);
    if (!entry) return null;
    let bytes = 0;
    for (const each of entry.tracks.values()) bytes += each;
    return summariseAlbum(
      entry.owned,
      {
        tracksDone: entry.tracks.size,
        bytes,
        tracksKnown: entry.tracksKnown,
        jobStates: this.#jobStates(albumId),
      },
      this.#running(),
    );
  }

  ids(): Iterable<AlbumId> {
    return this.#entries.keys();
  }

  summaries(): readonly AlbumSummary[] {
    return [...this.#entries.keys()].flatMap((id) => this.summary(id) ?? []);
  }
}
