import type { AlbumView, TrackView, VerifyView } from '../../src-preload/contract/album-view.ts';
import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import { albumId } from '../../src-preload/contract/ids.ts';
import type { AlbumSummary, Delta, Snapshot } from '../../src-preload/contract/views.ts';

/** What a scene says about its albums, unless nothing is known of them. */
export interface LibraryScene {
  readonly tracks?: (albumId: string) => readonly TrackView[];
  /** What is known of an album besides its tracks. */
  readonly album?: (albumId: string) => Partial<AlbumView>;
}

/** What the library's calls may do to the scene they are made in. */
export interface LibraryStage {
  readonly scene: LibraryScene;
  read(): Snapshot;
  /** Replaces the snapshot and tells the window what changed. */
  become(snapshot: Snapshot, delta: Omit<Delta, 'seq'>): void;
  answer<Result>(name: string, input: unknown, value: () => Result): Promise<CallReply<Result>>;
}

const EMPTY_ALBUM: Omit<AlbumView, 'id'> = {
  releaseDate: null,
  genres: [],
  upc: null,
  copyright: null,
  discCount: 1,
  durationSeconds: 0,
  entitledFormatIds: [],
  chosenFormatId: null,
  folder: null,
  tracks: [],
  booklets: [],
};

/** Calls about albums, with the effect a person would see. */
export function libraryCalls(stage: LibraryStage): Partial<CratefulBridge> {
  const { scene, read, become, answer } = stage;
  const chosen = new Map<string, number | null>();
  const viewOf = (id: string): AlbumView => ({
    ...EMPTY_ALBUM,
    id: albumId(id),
    tracks: scene.tracks?.(id) ?? [],
    ...scene.album?.(id),
    ...(chosen.has(id) && { chosenFormatId: chosen.get(id) ?? null }),
  });
  const change = (albums: readonly AlbumSummary[]): void => {
    const changed = new Map(albums.map((album) => [album.id, album]));
    const snapshot = read();
    become(
      { ...snapshot, albums: snapshot.albums.map((album) => changed.get(album.id) ?? album) },
      { albums: { upsert: albums, removed: [] } },
    );
  };
  return {
    getAlbum: (input) => answer('getAlbum', input, () => viewOf(input.albumId)),
    searchLibrary: (input) =>
      answer('searchLibrary', input, () => found(input.query, read().albums, viewOf)),
    setSkipped: (input) =>
      answer('setSkipped', input, () => {
        const ids = new Set(input.albumIds);
        change(
          read()
            .albums.filter(({ id }) => ids.has(id))
            .map((album) => ({
              ...album,
              status: input.skip
                ? 'skipped'
                : album.tracksDone === album.tracksTotal
                  ? 'synced'
                  : 'not-synced',
            })),
        );
        return null;
      }),
    fetchInFormat: (input) =>
      answer('fetchInFormat', input, () => {
        chosen.set(input.albumId, input.formatId);
        // Some value of the album changes whenever its format does.
        change(
          read()
            .albums.filter(({ id }) => id === input.albumId)
            .map((album) => ({ ...album, bytes: album.bytes + 1 })),
        );
        return null;
      }),
    verifyAlbums: (input) =>
      answer('verifyAlbums', input, () => {
        const verify: VerifyView = {
          state: 'running',
          albumIds: (input.albumIds ?? []).map(albumId),
          filesDone: 0,
          filesTotal: 24,
          bytesDone: 0,
          bytesTotal: 1_400_000_000,
          secondsLeft: null,
          bytesPerSecond: null,
          endedAtMs: null,
          findings: [],
          findingsTotal: 0,
          error: null,
        };
        become({ ...read(), verify }, { verify });
        return null;
      }),
    cancelVerify: () =>
      answer('cancelVerify', undefined, () => {
        const { verify } = read();
        if (verify === null) return null;
        const cancelled = { ...verify, state: 'cancelled' } as const;
        become({ ...read(), verify: cancelled }, { verify: cancelled });
        return null;
      }),
  };
}

/** Albums whose words, or the titles of whose tracks, hold the query. */
function found(
  query: string,
  albums: readonly AlbumSummary[],
  viewOf: (albumId: string) => AlbumView,
) {
  const words = query.toLowerCase();
  const says = (text: string | null): boolean => text?.toLowerCase().includes(words) ?? false;
  const own = albums.filter(({ title, artist, label }) => [title, artist, label].some(says));
  const byTrack = albums
    .filter((album) => !own.includes(album))
    .map(({ id }) => ({
      albumId: id,
      titles: viewOf(id)
        .tracks.map(({ title }) => title)
        .filter(says)
        .slice(0, 3),
    }))
    .filter(({ titles }) => titles.length > 0);
  return {
    albumIds: [...own.map(({ id }) => id), ...byTrack.map((track) => track.albumId)],
    tracks: byTrack,
  };
}
