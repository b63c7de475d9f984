import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import type { PlayerTrack } from '../player/player.ts';

/** The tracks of an album that the player can play, in its order. */
export const playable = (album: Pick<AlbumView, 'id' | 'tracks'>): readonly PlayerTrack[] =>
  album.tracks
    .filter((track) => track.playable)
    .map(({ id, title, artist }) => ({ albumId: album.id, id, title, artist }));
