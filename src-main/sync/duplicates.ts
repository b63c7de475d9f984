import { createHash } from 'node:crypto';
import type { DuplicateGroup, DuplicateMember } from '../../src-preload/contract/editions.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { Quality } from '../../src-preload/contract/set-aside.ts';
import { compareQuality, qualityOf } from '../downloads/quality.ts';
import type { Recording } from '../library/recordings.ts';

/** Seconds by which two files of one recording may differ. */
const SAME_SECONDS = 1.5;

/** A member, with what tells it from what stood there before. */
export interface Copy extends Omit<DuplicateMember, 'better'> {
  readonly print: string;
}

/** Splits files with one code into those that last the same: some codes were given twice. */
export function sameRecordings(files: readonly Recording[]): readonly (readonly Recording[])[] {
  const groups: Recording[][] = [];
  let last: Recording | null = null;
  for (const file of [...files].sort((a, b) => a.durationSeconds - b.durationSeconds)) {
    const isNear = last && file.durationSeconds - last.durationSeconds <= SAME_SECONDS;
    if (isNear) groups.at(-1)?.push(file);
    else groups.push([file]);
    last = file;
  }
  return groups.filter((group) => group.length > 1);
}

/** A recording's file as a member of a group. */
export const copyOf = (file: Recording, albumTitle: string): Copy => ({
  albumId: file.albumId,
  trackId: file.trackId,
  title: file.title,
  artist: file.artist,
  albumTitle,
  path: file.path,
  tracks: 1,
  bytes: file.bytes,
  quality: qualityOf(file),
  print: file.sha256,
});

/** The weakest of several sounds: an album is as good as that. */
export function weakest(qualities: readonly [Quality, ...Quality[]]): Quality {
  return qualities.reduce((least, each) => ((compareQuality(each, least) ?? 0) < 0 ? each : least));
}

/** A group of copies, with the one that is better by sound, then by how much there is of it. */
export function groupOf(kind: DuplicateGroup['kind'], copies: readonly Copy[]): DuplicateGroup {
  const compare = (a: Copy, b: Copy) =>
    compareQuality(a.quality, b.quality) || a.tracks - b.tracks || a.bytes - b.bytes;
  const best = copies.reduce<Copy | null>(
    (before, each) => (before === null || compare(each, before) > 0 ? each : before),
    null,
  );
  const alike = copies.every((each) => best === null || compare(each, best) === 0);
  const parts = copies.map(({ albumId, trackId, print }) => `${albumId}/${trackId}/${print}`);
  return {
    key: createHash('sha256').update(parts.sort().join('\n')).digest('hex'),
    kind,
    members: copies.map(({ print: _print, ...copy }) => ({
      ...copy,
      better: !alike && copy.albumId === best?.albumId && copy.trackId === best.trackId,
    })),
  };
}

/** Whether a group of tracks only says what a group of their albums says already. */
export const isCovered = (
  { members }: DuplicateGroup,
  groupOfAlbum: ReadonlyMap<AlbumId, string>,
): boolean => {
  const [first, ...others] = members.map(({ albumId }) => groupOfAlbum.get(albumId));
  return first !== undefined && others.every((each) => each === first);
};
