import type { SearchAnswer } from '../../src-preload/contract/album-view.ts';
import type { AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import { displayTitle } from '../../src-preload/contract/titles.ts';
import type { Connection } from './database.ts';

/** What of an album is the account's: all of it, some tracks, or nothing. */
export type Owned = 'all' | ReadonlySet<TrackId> | null;

/** Finds albums by the beginnings of words, as somebody types them. */
export interface SearchRepository {
  /**
   * Albums that have all words of a text in their title, version, artists and label, or in these and in title and
   * artist of one of their tracks; those the first holds for come first. Case, accents and punctuation do not matter.
   * Nothing for a text without a letter or digit.
   *
   * @param owned leaves out what is not the account's.
   */
  find(text: string, owned: (albumId: AlbumId) => Owned): Promise<SearchAnswer>;
}

/** Titles told of one album. */
const MOST_TITLES = 3;
/** Albums whose matching titles are told: more than a person looks through. */
const MOST_TITLED = 300;
/** A track's number is its album's times this, and its place. */
const PLACES = 65_536;

const hasWord = (word: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(word);

/** The beginning of what is quoted, so that nothing in it can be read as query syntax. */
const beginning = (text: string): string => `"${text.replaceAll('"', '""')}" *`;

/** The query repositories ask the index with; null for a text without a word. */
function queryOf(text: string) {
  const words = text.replaceAll('\0', ' ').split(/\s+/u).filter(hasWord);
  if (words.length === 0) return null;
  const all = words.map(beginning).join(' AND ');
  const any = words.map(beginning).join(' OR ');
  return {
    album: all,
    // A word at least has to be the track's own, or it is the album that was meant.
    track: `${words.length > 1 ? `(${all}) AND ` : ''}{title artist} : (${any})`,
    title: `title : ^ ${beginning(words.join(' '))}`,
  };
}

interface TrackRow {
  readonly trackId: TrackId;
  readonly title: string;
  readonly version: string | null;
  readonly work: string | null;
}

/** Numbers of tracks, by their album's number. */
type Places = Map<number, number[]>;

/** The repository of search words over one connection. */
export function createSearchRepository(connection: Connection): SearchRepository {
  const { prepare, read } = connection;
  const albums = prepare<[string], number>(`
    SELECT rowid FROM album_words WHERE album_words MATCH ?
    ORDER BY bm25(album_words, 10.0, 5.0, 1.0), rowid`).pluck();
  const tracks = prepare<[string], number>(`
    SELECT rowid FROM track_words WHERE track_words MATCH ? ORDER BY rowid`).pluck();
  const albumIds = prepare<[string], [no: number, albumId: AlbumId]>(`
    SELECT no, album_id FROM searched_albums
    WHERE no IN (SELECT value FROM json_each(?))`).raw();
  const trackRow = prepare<[number], TrackRow>(
    'SELECT track_id AS trackId, title, version, work FROM searched_tracks WHERE no = ?',
  );

  const tracksByAlbum = (query: string, except: ReadonlySet<number>): Places => {
    const found: Places = new Map();
    let album = -1;
    let places: number[] | null = null;
    for (const no of tracks.all(query)) {
      if (no - album * PLACES >= PLACES) {
        album = Math.floor(no / PLACES);
        places = except.has(album) ? null : [];
        if (places) found.set(album, places);
      }
      places?.push(no);
    }
    return found;
  };

  /** Of an album bought in part only tracks that are owned count. */
  const isOwned = (no: number, owned: Owned): boolean => {
    if (owned === 'all') return true;
    const trackId = trackRow.get(no)?.trackId;
    return trackId !== undefined && owned?.has(trackId) === true;
  };

  const titlesAt = (places: readonly number[]): readonly string[] => {
    const rows = places.slice(0, MOST_TITLES).flatMap((no) => trackRow.get(no) ?? []);
    return [...new Set(rows.map(displayTitle))];
  };

  return {
    async find(text, owned) {
      const query = queryOf(text);
      if (!query) return { albumIds: [], tracks: [] };
      const own = await read(() => albums.all(query.album));
      const known = new Set(own);
      const matching = await read(() => tracksByAlbum(query.track, known));
      // What begins as it was typed is meant rather than what only has the words.
      const begins = await read(() => tracksByAlbum(query.title, known));
      const order = [...matching.keys()];
      const ranked = [
        ...order.filter((no) => begins.has(no)),
        ...order.filter((no) => !begins.has(no)),
      ];
      return read(() => {
        const ids = new Map(albumIds.all(JSON.stringify([...own, ...order])));
        const found: AlbumId[] = [];
        const titled: { albumId: AlbumId; titles: readonly string[] }[] = [];
        for (const no of own) {
          const albumId = ids.get(no);
          if (albumId !== undefined && owned(albumId) !== null) found.push(albumId);
        }
        for (const no of ranked) {
          const albumId = ids.get(no);
          const part = albumId === undefined ? null : owned(albumId);
          if (albumId === undefined || part === null) continue;
          const first = begins.get(no) ?? [];
          const rest = matching.get(no) ?? [];
          const told = titled.length < MOST_TITLED;
          if (part === 'all' && !told) {
            found.push(albumId);
            continue;
          }
          const places = [...new Set([...first, ...rest])].filter((each) => isOwned(each, part));
          if (places.length === 0) continue;
          found.push(albumId);
          if (told) titled.push({ albumId, titles: titlesAt(places) });
        }
        return { albumIds: found, tracks: titled };
      });
    },
  };
}

/** Writes an album's words anew, whatever changed of it; to be called inside a transaction. */
export function createWordWriter({
  prepare,
}: Pick<Connection, 'prepare'>): (albumId: AlbumId) => void {
  const isBought = prepare<[AlbumId]>('SELECT 1 FROM purchases WHERE album_id = ? LIMIT 1');
  const known = prepare<[AlbumId], number>(
    'SELECT no FROM searched_albums WHERE album_id = ?',
  ).pluck();
  const add = prepare<[AlbumId], number>(
    'INSERT INTO searched_albums (album_id) VALUES (?) RETURNING no',
  ).pluck();
  const between = `BETWEEN @no * ${PLACES} AND @no * ${PLACES} + ${PLACES - 1}`;
  const drop = [
    `DELETE FROM track_words WHERE rowid IN (SELECT no FROM searched_tracks WHERE no ${between})`,
    `DELETE FROM searched_tracks WHERE no ${between}`,
    'DELETE FROM album_words WHERE rowid = @no',
  ].map((sql) => prepare<[{ no: number }]>(sql));
  const fill = [
    `INSERT INTO album_words (rowid, title, artist, label)
      SELECT @no, title, artist, label FROM searchable_albums WHERE album_id = @albumId`,
    `INSERT INTO searched_tracks (no, track_id, title, version, work)
      SELECT @no * ${PLACES} + row_number() OVER (ORDER BY min(place)), track ->> 'id',
        track ->> 'title', track ->> 'version', track ->> 'work'
      FROM searchable_tracks WHERE album_id = @albumId GROUP BY track ->> 'id'`,
    `INSERT INTO track_words (rowid, title, artist, album)
      SELECT t.no, concat_ws(' ', t.work, t.title, t.version), min(s.track ->> 'artist'),
        concat_ws(' ', b.title, b.artist, b.label)
      FROM searchable_tracks s JOIN searchable_albums b USING (album_id)
        JOIN searched_tracks t ON t.no ${between} AND t.track_id = s.track ->> 'id'
      WHERE album_id = @albumId GROUP BY t.no`,
  ].map((sql) => prepare<[{ no: number; albumId: AlbumId }]>(sql));
  return (albumId) => {
    if (!isBought.get(albumId)) return;
    const before = known.get(albumId);
    if (before !== undefined) for (const statement of drop) statement.run({ no: before });
    const no = before ?? add.get(albumId);
    if (no === undefined) return;
    for (const statement of fill) statement.run({ no, albumId });
  };
}
