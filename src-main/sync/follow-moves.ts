import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { pathKey } from '../files/names.ts';
import type { FileGlance } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import { followingPlacements, type Move } from './match-moves.ts';
import { findMoves, type MovesParts } from './moves.ts';
import { byAlbum, type Look } from './survey.ts';

/**
 * A look at the disk with the files that were moved since under the paths where they are now, and the placements of
 * albums that were moved as a whole in the folders they are in. With `keep` it is written down; without it, for a
 * preview, plans take it from the look.
 *
 * Throws what {@link findMoves} throws.
 */
export async function followMoves(
  parts: MovesParts & { readonly library: Pick<Library, 'files' | 'placements'> },
  look: Look,
  how: {
    readonly isWanted: (albumId: AlbumId) => boolean;
    readonly keep: boolean;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly look: Look; readonly moves: readonly Move[] }> {
  const { moves, inspected } = await findMoves(parts, look, how);
  if (moves.length === 0) return { look: { ...look, inspected }, moves };
  const to = new Map(moves.map((move) => [move.from, move.to]));
  const rows = new Map<AlbumId, readonly FileGlance[]>(look.rows);
  for (const albumId of new Set(moves.map((move) => move.albumId))) {
    const ofAlbum = look.rows.get(albumId) ?? [];
    rows.set(
      albumId,
      ofAlbum.map((row) => ({ ...row, path: to.get(row.path) ?? row.path })),
    );
  }
  const { disk } = look;
  const isThere = (path: string) => disk.get(path)?.path === path || disk.isUnseen(path);
  const placements = followingPlacements(look.placements, rows, moves, isThere);
  for (const { albumId, folder } of placements) {
    // What is missing of the album comes back beside the rest of it.
    const before = `${look.placements.get(albumId)?.folder}/`;
    const ofAlbum = (rows.get(albumId) ?? []).map((row) => {
      const path = `${folder}/${row.path.slice(before.length)}`;
      if (!row.path.startsWith(before) || disk.get(path)) return row;
      to.set(row.path, path);
      return { ...row, path };
    });
    rows.set(albumId, ofAlbum);
  }
  if (how.keep) {
    const changes = [...to].map(([from, path]) => ({ from, to: path, pathKey: pathKey(path) }));
    await parts.library.files.follow(look.rootId, changes);
    await parts.library.placements.follow(placements);
  }
  return {
    moves,
    look: {
      ...look,
      rows,
      inspected,
      placements: byAlbum([...look.placements.values(), ...placements]),
      // What was wrong in a place says nothing of a file that came there from another.
      findings: new Map([...look.findings].filter(([path]) => !to.has(path))),
      moved: new Set(moves.map((move) => move.to)),
      follow: how.keep ? new Map() : to,
    },
  };
}
