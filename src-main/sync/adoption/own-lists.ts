import pMap from 'p-map';
import type { AccountId, AlbumId, RootId } from '../../../src-preload/contract/ids.ts';
import { asCratefulError } from '../../errors.ts';
import type { Library } from '../../library/library.ts';
import type { AlbumLists } from '../album-lists.ts';
import { ownedAlbums } from '../owned-albums.ts';
import { detailFromPurchases, type OwnedAlbum, ownedTracks } from '../ownership.ts';
import type { FoundFile } from './evidence.ts';
import { testimonyOf } from './evidence.ts';
import type { OwnedList } from './goods.ts';
import { foldAlbum, foldArtists, foldUpc } from './normalise.ts';

/** What track lists are looked up with. */
export interface OwnListParts {
  readonly library: Pick<Library, 'albums' | 'files' | 'purchases'>;
  readonly lists: AlbumLists;
}

/** Which lists are needed, and who hears of it. */
export interface OwnListRequest {
  readonly accountId: AccountId;
  readonly rootId: RootId | null;
  readonly files: readonly FoundFile[];
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** An owned album with its list. */
export interface ListedAlbum extends OwnedList {
  readonly album: OwnedAlbum;
}

/** Track lists asked for at once; the limiter paces them. */
const LISTS_AT_ONCE = 3;

/**
 * The track lists of everything owned, as far as they are known or matter: one that is not known is asked for when a file
 * names its artist, its title or its UPC, or may be anything because it names nobody and has an ISRC. What cannot be asked for, offline or with a session that is over, is counted;
 * those albums are compared by what their purchase says.
 *
 * Throws the signal's reason.
 */
export async function ownLists(
  { library, lists }: OwnListParts,
  request: OwnListRequest,
): Promise<{ readonly lists: readonly ListedAlbum[]; readonly notCompared: number }> {
  const { accountId, rootId, signal } = request;
  const purchases = await library.purchases.list(accountId);
  const owned = await ownedAlbums(library, purchases, rootId);
  const cached = await library.albums.known();
  const named = namesIn(request.files);
  const unknown = owned.filter((each) => !cached.has(each.albumId) && isNamed(each, named));
  const asked = new Set<AlbumId>(unknown.map(({ albumId }) => albumId));
  let done = 0;
  let notCompared = 0;
  let isReachable = true;
  request.onProgress(0, unknown.length);
  const found = await pMap(
    owned,
    async (album): Promise<ListedAlbum> => {
      signal.throwIfAborted();
      const known = await lists.known(album.albumId, album);
      let detail = known ?? detailFromPurchases(album);
      if (asked.has(album.albumId)) {
        try {
          if (!isReachable) throw UNREACHABLE;
          detail = (await lists.of(album, { priority: 'user', signal })).detail;
        } catch (error) {
          signal.throwIfAborted();
          notCompared += 1;
          // What is wrong with the way to the service, or with the account, is wrong for all of them.
          if (error !== UNREACHABLE && asCratefulError(error).scope !== 'track')
            isReachable = false;
        }
        done += 1;
        request.onProgress(done, unknown.length);
      }
      return { album, detail, owned: ownedTracks(album, detail) };
    },
    { concurrency: LISTS_AT_ONCE },
  );
  return { lists: found, notCompared };
}

const UNREACHABLE = Symbol('the service cannot be asked');

interface Names {
  readonly albums: ReadonlySet<string>;
  readonly artists: ReadonlySet<string>;
  readonly upcs: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
  /** Whether a file says by an id alone what it is, so that it may be of any album. */
  readonly nameless: boolean;
}

function namesIn(files: readonly FoundFile[]): Names {
  const names = {
    albums: new Set<string>(),
    artists: new Set<string>(),
    upcs: new Set<string>(),
    ids: new Set<string>(),
    nameless: false,
  };
  for (const file of files) {
    const { albums, artists, upc } = testimonyOf(file);
    for (const { name } of albums) names.albums.add(name);
    for (const name of artists) names.artists.add(name);
    if (upc !== null) names.upcs.add(upc);
    const { qobuzAlbumId, qobuzTrackId, isrcs, album, artists: tagged } = file.facts.tags;
    const byIdAlone =
      album === null && tagged.length === 0 && (isrcs.length > 0 || qobuzTrackId !== null);
    names.nameless ||= byIdAlone;
    if (qobuzAlbumId !== null) names.ids.add(qobuzAlbumId);
  }
  return names;
}

function isNamed({ albumId, album }: OwnedAlbum, named: Names): boolean {
  const upc = album.upc === null ? null : foldUpc(album.upc);
  return (
    named.nameless ||
    named.ids.has(albumId) ||
    (upc !== null && named.upcs.has(upc)) ||
    named.albums.has(foldAlbum(album.title, album.version).name) ||
    [...foldArtists([album.artist, ...album.artists])].some((name) => named.artists.has(name))
  );
}
