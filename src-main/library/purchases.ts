import { setImmediate } from 'node:timers/promises';
import type { Album, Purchase, Track } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import { type AccountId, type AlbumId, trackId } from '../../src-preload/contract/ids.ts';
import type { Connection, PageParameters } from './database.ts';
import { fromJson, toJson } from './json.ts';
import { createWordWriter } from './search.ts';

/** A purchase and the listing that last showed it. */
export interface StoredPurchase extends Purchase {
  readonly lastSeenMs: number;
}

/** A listing that ended well: which of the two, when, how long it was, and rows that could not be read. */
export interface ListingInfo {
  readonly kind: 'albums' | 'tracks';
  readonly listedAtMs: number;
  /** Different purchases it showed, odd rows included. */
  readonly rows: number;
  readonly oddRows: number;
}

/** The mirror of what each account bought, with its entitlements. */
export interface PurchaseRepository {
  /**
   * Adds and renews what a listing showed and notes the listing last, once everything of it is stored. What it
   * did not show stays: a shorter listing never means that less is owned (architecture §5).
   */
  saveListing(
    accountId: AccountId,
    purchases: readonly Purchase[],
    listing: ListingInfo,
  ): Promise<void>;
  /** Everything ever listed, in the order in which it was first seen. */
  list(accountId: AccountId): Promise<StoredPurchase[]>;
  /** How long the last listing of a kind was; null when there was none, or it was not counted. */
  rowsListed(accountId: AccountId, kind: ListingInfo['kind']): Promise<number | null>;
  /** Age of the older of the two listings and their odd rows; null until both have been made. */
  listing(accountId: AccountId): Promise<{ listedAtMs: number; oddRows: number } | null>;
}

/** Rows written in one transaction: those of a first listing, with the words to search by, take 10 ms. */
const CHUNK_ROWS = 60;
/** Rows read in one go: each has an album's description in it. */
const PAGE_ROWS = 250;
/** Stands for "the album itself" where SQLite's keys cannot hold a null; track ids are positive. */
const WHOLE_ALBUM = 0;

interface Row {
  readonly cursor: number;
  readonly albumId: AlbumId;
  readonly trackId: number;
  readonly purchasedAt: number;
  readonly formatsKnown: number;
  readonly downloadable: number;
  readonly lastSeenMs: number;
  readonly album: string;
  readonly track: string | null;
  readonly formatIds: string;
}

const toPurchase = (row: Row): StoredPurchase => ({
  albumId: row.albumId,
  trackId: row.trackId === WHOLE_ALBUM ? null : trackId(row.trackId),
  purchasedAt: row.purchasedAt,
  formatIds: fromJson<FormatId[]>(row.formatIds),
  formatsKnown: row.formatsKnown === 1,
  downloadable: row.downloadable === 1,
  album: fromJson<Album>(row.album),
  track: fromJson<Track>(row.track),
  lastSeenMs: row.lastSeenMs,
});

const FORMAT_IDS = `(SELECT json_group_array(e.format_id ORDER BY e.position) FROM entitlements e
  WHERE e.account_id = p.account_id AND e.album_id = p.album_id AND e.track_id = p.track_id)`;

type WrittenRow = Omit<Row, 'cursor'> & { readonly accountId: AccountId };

/** The repository of purchases over one connection. */
export function createPurchaseRepository(connection: Connection): PurchaseRepository {
  const { prepare, read, write, pages } = connection;
  // Most of a listing is as it was; only what changed is written again.
  const seenAgain = prepare<[WrittenRow]>(`
    UPDATE purchases AS p SET last_seen_ms = @lastSeenMs
    WHERE account_id = @accountId AND album_id = @albumId AND track_id = @trackId
      AND purchased_at = @purchasedAt AND formats_known = @formatsKnown
      AND downloadable = @downloadable AND album = @album AND track IS @track
      AND ${FORMAT_IDS} = @formatIds`);
  const upsert = prepare<[WrittenRow]>(`
    INSERT INTO purchases (account_id, album_id, track_id, purchased_at, formats_known,
      downloadable, last_seen_ms, album, track)
    VALUES (@accountId, @albumId, @trackId, @purchasedAt, @formatsKnown,
      @downloadable, @lastSeenMs, @album, @track)
    ON CONFLICT (account_id, album_id, track_id) DO UPDATE SET
      purchased_at = excluded.purchased_at, formats_known = excluded.formats_known,
      downloadable = excluded.downloadable, last_seen_ms = excluded.last_seen_ms,
      album = excluded.album, track = excluded.track`);
  const dropFormats = prepare<[AccountId, AlbumId, number]>(
    'DELETE FROM entitlements WHERE account_id = ? AND album_id = ? AND track_id = ?',
  );
  const addFormat = prepare<[AccountId, AlbumId, number, number, FormatId]>(`
    INSERT INTO entitlements (account_id, album_id, track_id, position, format_id)
    VALUES (?, ?, ?, ?, ?)`);
  const page = prepare<PageParameters, Row>(`
    SELECT p.rowid AS cursor, p.album_id AS albumId, p.track_id AS trackId,
      p.purchased_at AS purchasedAt, p.formats_known AS formatsKnown, p.downloadable,
      p.last_seen_ms AS lastSeenMs, p.album, p.track,
      ${FORMAT_IDS} AS formatIds
    FROM purchases p WHERE p.account_id = @key AND p.rowid > @after ORDER BY p.rowid LIMIT @limit`);
  const rowsListed = prepare<[AccountId, ListingInfo['kind']], { rows: number | null }>(
    'SELECT row_count AS rows FROM listings WHERE account_id = ? AND kind = ?',
  );
  const setListing = prepare<[{ accountId: AccountId } & ListingInfo]>(`
    INSERT INTO listings (account_id, kind, listed_at_ms, row_count, odd_rows)
    VALUES (@accountId, @kind, @listedAtMs, @rows, @oddRows)
    ON CONFLICT (account_id, kind) DO UPDATE SET listed_at_ms = excluded.listed_at_ms,
      row_count = excluded.row_count, odd_rows = excluded.odd_rows`);
  const listings = prepare<
    [AccountId],
    { kinds: number; listedAtMs: number; oddRows: number }
  >(`SELECT count(*) AS kinds, min(listed_at_ms) AS listedAtMs, sum(odd_rows) AS oddRows
    FROM listings WHERE account_id = ?`);

  const writeWords = createWordWriter(connection);

  const save = (accountId: AccountId, purchase: Purchase, lastSeenMs: number) => {
    const { albumId, formatIds } = purchase;
    const track = purchase.trackId ?? WHOLE_ALBUM;
    const row = {
      accountId,
      albumId,
      trackId: track,
      purchasedAt: purchase.purchasedAt,
      formatIds: JSON.stringify(formatIds),
      formatsKnown: Number(purchase.formatsKnown),
      downloadable: Number(purchase.downloadable),
      lastSeenMs,
      album: JSON.stringify(purchase.album),
      track: toJson(purchase.track),
    };
    if (seenAgain.run(row).changes > 0) return;
    upsert.run(row);
    dropFormats.run(accountId, albumId, track);
    for (const [position, formatId] of formatIds.entries()) {
      addFormat.run(accountId, albumId, track, position, formatId);
    }
    writeWords(albumId);
  };

  return {
    async saveListing(accountId, purchases, listing) {
      for (let from = 0; from < purchases.length; from += CHUNK_ROWS) {
        await write(() => {
          for (const purchase of purchases.slice(from, from + CHUNK_ROWS)) {
            save(accountId, purchase, listing.listedAtMs);
          }
        });
        await setImmediate();
      }
      await write(() => {
        setListing.run({ ...listing, accountId });
      });
    },
    async list(accountId) {
      const purchases: StoredPurchase[] = [];
      const take = (row: Row) => {
        purchases.push(toPurchase(row));
        return row.cursor;
      };
      await pages(page, accountId, take, PAGE_ROWS);
      return purchases;
    },
    rowsListed: (accountId, kind) => read(() => rowsListed.get(accountId, kind)?.rows ?? null),
    listing: (accountId) =>
      read(() => {
        const row = listings.get(accountId);
        return row?.kinds === 2 ? { listedAtMs: row.listedAtMs, oddRows: row.oddRows } : null;
      }),
  };
}
