import { z } from 'zod';
import type { Album, Track } from '../../src-preload/contract/catalogue.ts';
import { type AlbumId, albumId, type TrackId, trackId } from '../../src-preload/contract/ids.ts';
import type { LinkKind } from '../../src-preload/contract/links.ts';
import { CratefulError } from '../errors.ts';
import { refusedStatus } from './answers.ts';
import type { Api, ApiRequest } from './api.ts';
import { albumOf, trackOf } from './catalogue.ts';
import { albumSchema, pageSchema, trackPurchaseSchema } from './schemas.ts';

/** One thing of a list: a track of a playlist, or an album of an artist or label. */
export interface CollectionItem {
  readonly albumId: AlbumId;
  /** Null for a whole album. */
  readonly trackId: TrackId | null;
  readonly title: string;
  readonly artist: string;
  /** The album a track is on; null for an album. */
  readonly albumTitle: string | null;
  readonly coverUrl: string | null;
  /** How many tracks it stands for. */
  readonly tracks: number;
}

/** A playlist, an artist or a label with what is on its list. */
export interface Collection {
  readonly title: string;
  /** Who made a playlist; null for artists and labels. */
  readonly owner: string | null;
  /** Each once, in the service's order. */
  readonly items: readonly CollectionItem[];
}

/** The kinds of links that lead to a list. */
export type CollectionKind = Exclude<LinkKind, 'album' | 'track'>;

/** The service's own default is 50 (qobuz-api §4.3); 500 is the most it gives. */
const PAGE_SIZE = 500;
/** A list longer than 10,000 entries is read no further. */
const MAX_PAGES = 20;

const nameSchema = z.union([
  z.string(),
  z.object({ display: z.string() }).transform(({ display }) => display),
]);
const headSchema = z.object({
  name: nameSchema,
  owner: z.object({ name: z.string() }).nullish().catch(null),
});
/** Who an album is by, in either shape of JSON (qobuz-api §4.1). */
const creditedSchema = z.object({
  artist: z.object({ id: z.coerce.number() }).nullish().catch(null),
  artists: z
    .array(
      z
        .object({ id: z.coerce.number(), roles: z.array(z.string()).catch([]) })
        .nullable()
        .catch(null),
    )
    .nullish()
    .catch(null),
});

/**
 * A track with the album it is on. Throws `TRACK_UNAVAILABLE` when the catalogue does not have it (404),
 * `SERVICE_UNREADABLE`, and what {@link Api.call} throws.
 */
export async function fetchTrack(
  api: Api,
  id: TrackId,
  signal?: AbortSignal,
): Promise<{ readonly album: Album; readonly track: Track }> {
  const body = await found(api, {
    method: 'track/get',
    query: { track_id: String(id) },
    priority: 'user',
    signal,
  });
  const parsed = trackPurchaseSchema.safeParse(body);
  if (!parsed.success) throw new CratefulError('SERVICE_UNREADABLE', { trackId: id });
  const album = albumOf(parsed.data.album);
  return { album, track: trackOf(parsed.data, album, 1) };
}

/**
 * A list with everything on it (qobuz-api §4.3–4.4). An artist's list leaves out albums where the artist is a guest.
 * Rows that cannot be read are left out. Throws as {@link fetchTrack}.
 */
export async function fetchCollection(
  api: Api,
  kind: CollectionKind,
  id: string,
  signal?: AbortSignal,
): Promise<Collection> {
  const items = new Map<string, CollectionItem>();
  let head: z.output<typeof headSchema> | null = null;
  let read = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const body = await found(api, { ...requestOf(kind, id, read), priority: 'user', signal });
    head ??= headSchema.safeParse(body).data ?? null;
    const list = pageOf(body, kind);
    for (const row of list.items) {
      const item = kind === 'playlist' ? trackItem(row) : albumItem(row, kind, id);
      if (item && !items.has(keyOf(item))) items.set(keyOf(item), item);
    }
    read += list.items.length;
    if (list.items.length === 0 || read >= (list.total ?? 0)) break;
  }
  if (head === null) throw new CratefulError('SERVICE_UNREADABLE', { reason: `no-${kind}` });
  return { title: head.name, owner: head.owner?.name ?? null, items: [...items.values()] };
}

const keyOf = ({ albumId: album, trackId: track }: CollectionItem): string => `${album} ${track}`;

function requestOf(kind: CollectionKind, id: string, offset: number) {
  const page = { limit: String(PAGE_SIZE), offset: String(offset) };
  const list = kind === 'playlist' ? 'tracks' : 'albums';
  return { method: `${kind}/get`, query: { [`${kind}_id`]: id, extra: list, ...page } };
}

async function found(api: Api, request: ApiRequest): Promise<unknown> {
  try {
    return await api.call(request);
  } catch (error) {
    if (refusedStatus(error) !== 404) throw error;
    throw new CratefulError('TRACK_UNAVAILABLE', { restriction: 'NotFound' });
  }
}

function pageOf(body: unknown, kind: CollectionKind) {
  const name = kind === 'playlist' ? 'tracks' : 'albums';
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
  const page = pageSchema.safeParse(list);
  if (!page.success) throw new CratefulError('SERVICE_UNREADABLE', { reason: `no-${name}` });
  return page.data;
}

function trackItem(row: unknown): CollectionItem | null {
  const parsed = trackPurchaseSchema.safeParse(row);
  if (!parsed.success) return null;
  const album = albumOf(parsed.data.album);
  const track = trackOf(parsed.data, album, 1);
  return {
    albumId: albumId(album.id),
    trackId: trackId(track.id),
    title: track.title,
    artist: track.artist,
    albumTitle: album.title,
    coverUrl: album.coverUrl,
    tracks: 1,
  };
}

function albumItem(row: unknown, kind: CollectionKind, id: string): CollectionItem | null {
  const parsed = albumSchema.safeParse(row);
  if (!parsed.success || (kind === 'artist' && isGuest(row, Number(id)))) return null;
  const album = albumOf(parsed.data);
  return {
    albumId: album.id,
    trackId: null,
    title: album.title,
    artist: album.artist,
    albumTitle: null,
    coverUrl: album.coverUrl,
    tracks: album.trackCount,
  };
}

/** Whether the artist only appears on the album (qobuz-api §4.4); an album that names nobody counts as theirs. */
function isGuest(row: unknown, id: number): boolean {
  const { artist, artists } = creditedSchema.safeParse(row).data ?? {};
  const main = (artists ?? []).filter((each) =>
    each?.roles.some((role) => /^main-?artist$/i.test(role)),
  );
  const names = [...(artist ? [artist.id] : []), ...main.flatMap((each) => each?.id ?? [])];
  return names.length > 0 && !names.includes(id);
}
