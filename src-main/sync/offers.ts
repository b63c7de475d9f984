import { setImmediate } from 'node:timers/promises';
import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { AlbumOffer, OfferPage } from '../../src-preload/contract/editions.ts';
import type { AccountId, AlbumId, TrackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import { displayAlbumTitle, displayTitle } from '../../src-preload/contract/titles.ts';
import type { RootView } from '../../src-preload/contract/views.ts';
import { CratefulError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import type { Board } from './board.ts';
import { offerOf, type TrackOffer } from './editions.ts';
import { estimateBytes } from './estimate.ts';
import type { Overrides } from './overrides.ts';
import { entitlementOf, type OwnedAlbum } from './ownership.ts';
import { wantsOtherFormat } from './plan.ts';
import type { QueueControl } from './queue.ts';
import { type ReadyRoot, requireReady } from './ready-root.ts';
import type { Shelf } from './shelf.ts';
import { decisionsByAlbum } from './survey.ts';

/** What offers are made from. */
export interface OffersParts {
  readonly library: Library;
  readonly shelf: Shelf;
  readonly board: Pick<Board, 'jobs'>;
  readonly overrides: Pick<Overrides, 'of'>;
  readonly settings: () => Settings;
  readonly clock: Pick<Clock, 'now'>;
  readonly account: () => AccountId | null;
  readonly root: () => RootView | null;
  readonly queue: Pick<QueueControl, 'want' | 'withdraw'>;
  /** What is decided about these albums changed, and with it every plan. */
  readonly onDecided: (albumIds: readonly AlbumId[]) => void;
}

/** Of an album, the tracks an answer is about; null for all that is offered. */
export interface OfferScope {
  readonly albumId: AlbumId;
  readonly trackIds: readonly TrackId[] | null;
}

/** Better editions of what is on disk: listed, and fetched only when a person accepts them. */
export interface Offers {
  /** The first albums, or those after one. Throws `NO_LIBRARY_ROOT`, `SIGN_IN_REQUIRED`, `LIBRARY_ROOT_MISSING`. */
  page(after: AlbumId | null): Promise<OfferPage>;
  /** Remembers that these are wanted, null for all, and has them fetched. Throws as {@link page}. */
  accept(scope: readonly OfferScope[] | null): Promise<void>;
  /** Offers these no more until the offer changes, and takes back what was accepted. Throws as {@link page}. */
  dismiss(scope: readonly OfferScope[]): Promise<void>;
}

/** Albums on one page. */
const PAGE_ALBUMS = 30;
/** Albums looked at in one go: a few milliseconds' work. */
const CHUNK_ALBUMS = 500;

interface Found {
  readonly owned: OwnedAlbum;
  readonly offers: readonly { readonly row: TrackRow; readonly offer: TrackOffer }[];
}
type TrackRow = LibraryFile & { readonly trackId: TrackId };

/** Makes the offers of one engine. */
export function createOffers(parts: OffersParts): Offers {
  const { library, shelf, overrides } = parts;
  let listed: readonly Found[] = [];

  const inUse = (): { readonly accountId: AccountId; readonly root: ReadyRoot } => {
    const accountId = parts.account();
    if (accountId === null) throw new CratefulError('SIGN_IN_REQUIRED');
    return { accountId, root: requireReady(parts.root()) };
  };

  const find = async (): Promise<readonly Found[]> => {
    const { accountId, root } = inUse();
    const isTrack = (row: LibraryFile): row is TrackRow => row.trackId !== null;
    const files = (await library.files.list(root.id)).filter(isTrack);
    const rows = Map.groupBy(files, ({ albumId }) => albumId);
    const refusals = new Map(
      (await library.refusals.list(accountId)).map((each) => [each.trackId, each]),
    );
    const decisions = decisionsByAlbum(await library.decisions.list(root.id));
    const nowMs = parts.clock.now();
    const { preference } = parts.settings();
    const found: Found[] = [];
    let looked = 0;
    for (const [albumId, of] of rows) {
      looked += 1;
      if (looked % CHUNK_ALBUMS === 0) await setImmediate();
      const owned = shelf.owned(albumId);
      const { skip, formatId } = overrides.of(albumId);
      if (!owned || skip) continue;
      const wish = formatId ?? preference;
      const offers = of.flatMap((row) => {
        const entitlement = entitlementOf(owned, row.trackId);
        if (!entitlement) return [];
        const decision = decisions.get(albumId)?.get(row.trackId) ?? null;
        const stays = decision?.decision === 'keep-this';
        const offer = offerOf({
          ...{ wish, entitlement, album: owned.album, row, rows: of, decision, nowMs },
          refusal: refusals.get(row.trackId) ?? null,
          replacedBySync: !stays && wantsOtherFormat(wish, entitlement, row),
        });
        return offer ? [{ row, offer }] : [];
      });
      if (offers.length > 0) found.push({ owned, offers });
    }
    return found.sort((a, b) => b.owned.purchasedAt - a.owned.purchasedAt);
  };

  const within = async (scope: readonly OfferScope[] | null): Promise<readonly Found[]> => {
    const found = await find();
    if (scope === null) return found;
    const wanted = new Map(scope.map(({ albumId, trackIds }) => [albumId, trackIds]));
    return found.flatMap(({ owned, offers }) => {
      const trackIds = wanted.get(owned.albumId);
      if (trackIds === undefined) return [];
      const some = trackIds && new Set(trackIds);
      const of = offers.filter(({ row }) => some?.has(row.trackId) ?? true);
      return of.length > 0 ? [{ owned, offers: of }] : [];
    });
  };

  const decide = (found: readonly Found[], decision: 'upgrade' | 'dismissed') =>
    library.decisions.put(
      found.flatMap(({ offers }) =>
        offers.map(({ row: { rootId, albumId, trackId }, offer }) => ({
          ...{ rootId, albumId, trackId, decision },
          offer: offer.key,
        })),
      ),
    );

  const decided = (found: readonly Found[]) =>
    parts.onDecided(found.map((each) => each.owned.albumId));

  return {
    async page(after) {
      if (after === null) listed = await find();
      const from =
        after === null ? 0 : listed.findIndex(({ owned }) => owned.albumId === after) + 1;
      const shown = listed.slice(from, from + PAGE_ALBUMS);
      const open = listed.flatMap(({ owned, offers }) =>
        offers
          .filter(({ offer }) => !offer.accepted)
          .map(({ row, offer }) => bytesOf(owned, row, offer)),
      );
      const isLast = from + shown.length >= listed.length;
      return {
        albums: await Promise.all(
          shown.map(async (each) => viewOf(each, await library.albums.get(each.owned.albumId))),
        ),
        total: listed.length,
        tracksOpen: open.length,
        bytesOpen: open.reduce((sum, bytes) => sum + bytes, 0),
        next: isLast ? null : (shown.at(-1)?.owned.albumId ?? null),
      };
    },

    async accept(scope) {
      const { accountId } = inUse();
      const found = await within(scope);
      if (found.length === 0) return;
      await decide(found, 'upgrade');
      decided(found);
      const tracks = found.map(
        ({ owned, offers }) => [owned.albumId, offers.map(({ row }) => row.trackId)] as const,
      );
      // Somebody asks for it in person: what the service refused before is asked for again.
      for (const id of tracks.flatMap(([, ids]) => ids)) {
        await library.refusals.delete(accountId, id);
      }
      parts.queue.want(new Map(tracks));
    },

    async dismiss(scope) {
      const found = await within(scope);
      await decide(found, 'dismissed');
      decided(found);
      const tracks = new Set(
        found.flatMap(({ offers }) => offers.map(({ row }) => `${row.albumId}/${row.trackId}`)),
      );
      const jobs = parts.board.jobs().filter(({ albumId, trackId, state }) => {
        return state !== 'done' && tracks.has(`${albumId}/${trackId}`);
      });
      if (jobs.length > 0) await parts.queue.withdraw(jobs.map(({ id }) => id));
    },
  };
}

const bytesOf = ({ album }: OwnedAlbum, { receipt }: LibraryFile, { formatId }: TrackOffer) =>
  estimateBytes(formatId, album, receipt.durationSeconds ?? 0);

function viewOf({ owned, offers }: Found, detail: AlbumDetail | null): AlbumOffer {
  return {
    albumId: owned.albumId,
    albumTitle: displayAlbumTitle(owned.album),
    artist: owned.album.artist,
    tracks: offers.map(({ row, offer }) => {
      const track = detail?.tracks.find(({ id }) => id === row.trackId);
      return {
        trackId: row.trackId,
        title: track ? displayTitle(track) : row.path.slice(row.path.lastIndexOf('/') + 1),
        from: offer.from,
        to: offer.to,
        bytes: bytesOf(owned, row, offer),
        accepted: offer.accepted,
      };
    }),
  };
}
