import type { AlbumDetail, Track } from '../../src-preload/contract/catalogue.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import { refusedStatus } from './answers.ts';
import type { Api } from './api.ts';
import { albumOf, trackOf } from './catalogue.ts';
import type { Priority } from './pacing.ts';
import { albumPageSchema, albumSchema, trackSchema } from './schemas.ts';

/** What `album/get` is asked for at a time; box sets exceed its default of 50 (qobuz-api §4.1). */
const PAGE_SIZE = 500;
const MAX_PAGES = 100;

/** An album as the catalogue lists it. */
export interface ListedAlbum extends AlbumDetail {
  /** False when tracks are missing: rows that could not be read, or a list that ended before its total. */
  readonly complete: boolean;
}

/**
 * An album with its tracks, every page of them. Throws `TRACK_UNAVAILABLE` when the catalogue does not have it
 * (404), `SERVICE_UNREADABLE` when the answer is no album, and what {@link Api.call} throws. A track row that
 * cannot be read is reported as `LISTING_ODD_ROW` and left out.
 */
export async function fetchAlbum(
  api: Api,
  events: Pick<EventStream, 'emit'>,
  id: AlbumId,
  options: { priority: Priority; signal?: AbortSignal | undefined },
): Promise<ListedAlbum> {
  const first = await fetchPage(api, id, 0, options);
  const parsed = albumSchema.safeParse(first);
  if (!parsed.success) throw new CratefulError('SERVICE_UNREADABLE', { albumId: id });
  const album = albumOf(parsed.data);
  const tracks = new Map<number, Track>();
  const { total, items: firstRows } = tracksOf(first, id);
  // Some lists come without a total, or with 0; then the number on the album's own row decides.
  const expected = total !== null && total > 0 ? total : album.trackCount;
  let items = firstRows;
  let read = 0;
  let oddRows = 0;
  let pages = 0;
  while (items.length > 0) {
    pages += 1;
    for (const [index, row] of items.entries()) {
      const track = trackSchema.safeParse(row);
      if (track.success) {
        const { id: trackId } = track.data;
        if (!tracks.has(trackId)) tracks.set(trackId, trackOf(track.data, album, read + index + 1));
      } else {
        oddRows += 1;
        const field = track.error.issues[0]?.path.join('.') ?? '';
        const context = { list: 'album', albumId: id, row: read + index, field };
        events.emit({ code: 'LISTING_ODD_ROW', severity: 'warning', context });
      }
    }
    read += items.length;
    if (read >= expected) break;
    if (pages >= MAX_PAGES) throw new CratefulError('SERVICE_UNREADABLE', { albumId: id });
    items = tracksOf(await fetchPage(api, id, read, options), id).items;
  }
  // Rows of a second page count only when they are not those of the first over again.
  const listed = pages === 1 ? read : tracks.size;
  const complete = tracks.size > 0 && oddRows === 0 && listed >= expected;
  return { album, tracks: [...tracks.values()], complete };
}

async function fetchPage(
  api: Api,
  id: AlbumId,
  offset: number,
  options: { priority: Priority; signal?: AbortSignal | undefined },
): Promise<unknown> {
  try {
    return await api.call({
      method: 'album/get',
      query: { album_id: id, limit: String(PAGE_SIZE), offset: String(offset) },
      ...options,
    });
  } catch (error) {
    if (refusedStatus(error) !== 404) throw error;
    throw new CratefulError('TRACK_UNAVAILABLE', { albumId: id, restriction: 'AlbumNotFound' });
  }
}

function tracksOf(body: unknown, id: AlbumId) {
  const page = albumPageSchema.safeParse(body);
  if (!page.success) throw new CratefulError('SERVICE_UNREADABLE', { albumId: id });
  return page.data.tracks;
}
