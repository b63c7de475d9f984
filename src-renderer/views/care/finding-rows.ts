import type { VerifyFinding } from '../../../src-preload/contract/album-view.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';

/** A line of the list of findings. */
export type FindingRow =
  | {
      readonly kind: 'album';
      readonly key: string;
      readonly albumId: AlbumId;
      readonly findings: readonly VerifyFinding[];
    }
  | { readonly kind: 'file'; readonly key: string; readonly finding: VerifyFinding };

/** Findings under their albums, both in the order in which they were found. */
export function findingRows(findings: readonly VerifyFinding[]): readonly FindingRow[] {
  const albums = new Map<AlbumId, VerifyFinding[]>();
  for (const finding of findings) {
    const ofAlbum = albums.get(finding.albumId);
    if (ofAlbum) ofAlbum.push(finding);
    else albums.set(finding.albumId, [finding]);
  }
  return [...albums].flatMap(([albumId, ofAlbum]): FindingRow[] => [
    { kind: 'album', key: `album ${albumId}`, albumId, findings: ofAlbum },
    ...ofAlbum.map((finding): FindingRow => ({ kind: 'file', key: finding.path, finding })),
  ]);
}
