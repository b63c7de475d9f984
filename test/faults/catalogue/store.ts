import type { ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { inject, statusFaults } from '../../support/faults.ts';
import { changeAnswer } from '../../support/store-answers.ts';
import { type Expected, type Fault, healed, paused, reported } from '../fault.ts';
import type { World } from '../world.ts';

const LISTING = 'purchase/getUserPurchases';
const FILE_URL = 'track/getFileUrl';
const TWO = () => ({ catalogue: demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss) });

/** A change of the store's contents at the third address that is asked for. */
const inMidRun =
  (change: (world: World) => void): Fault['strike'] =>
  (world) => {
    let asked = 0;
    const { store } = world.engine;
    const hook = {
      intercept(call: { readonly path: string }) {
        if (call.path !== FILE_URL) return null;
        asked += 1;
        if (asked === 3) change(world);
        return null;
      },
    };
    store.faults.add(hook);
    return {
      hits: () => Math.min(1, Math.floor(asked / 3)),
      mend: () => store.faults.delete(hook),
    };
  };

/** A change of the store's contents after everything was saved. */
const afterwards =
  (change: (world: World) => void): Fault['strike'] =>
  async (world) => {
    await world.sync();
    change(world);
    return { hits: () => 1, mend: () => undefined };
  };

const row = (
  name: string,
  where: string,
  strike: Fault['strike'],
  expected: Expected,
  more: Partial<Fault> = {},
): Fault => ({ group: 'catalogue', name, where, expected, strike, setting: TWO, ...more });

const LAST = tracksOf(ALBUMS.slowWeather).at(-1) ?? 0;

const listingFault = (code: ErrorCode, change: Parameters<typeof changeAnswer>[3], offset = '0') =>
  row(
    'a total that changes between two pages',
    'the listing',
    async ({ engine }) => {
      const first = await changeAnswer(engine.store, LISTING, { type: 'albums', offset }, change);
      const rest = await changeAnswer(
        engine.store,
        LISTING,
        { type: 'albums', offset: '1' },
        (answer) => {
          answer.albums.items = [];
        },
      );
      return {
        hits: () => first.hits,
        mend() {
          first.remove();
          rest.remove();
        },
      };
    },
    paused(code),
  );

/** Faults of what the store lists and sells (traps §3). */
export const storeCatalogue: readonly Fault[] = [
  row(
    'a page with broken rows',
    'the listing',
    () => ({ hits: () => 1, mend: () => undefined }),
    healed,
    {
      setting: () => ({
        catalogue: {
          ...demoAlbums(ALBUMS.slowWeather, ALBUMS.tapeHiss),
          oddRows: [{}, { id: null, title: 7 }, { id: 'x', artist: 'nobody' }],
        },
      }),
    },
  ),
  listingFault('SERVICE_UNREADABLE', ({ albums }) => {
    albums.items.splice(1);
  }),
  row(
    'a listing that fails',
    'for ever',
    ({ engine }) => {
      const struck = inject(engine.store, statusFaults.serverError(503), { on: LISTING });
      return { hits: () => struck.hits, mend: () => struck.remove() };
    },
    paused('SERVICE_UNAVAILABLE'),
  ),
  row(
    'a track list that fails',
    'one album, for ever',
    ({ engine }) => {
      const fault = statusFaults.serverError(503);
      const struck = inject(
        engine.store,
        {
          intercept: (call) =>
            call.query.get('album_id') === ALBUMS.tapeHiss
              ? (fault.intercept?.(call) ?? null)
              : null,
        },
        { on: 'album/get' },
      );
      return { hits: () => struck.hits, mend: () => struck.remove() };
    },
    reported('SERVICE_UNAVAILABLE'),
  ),
  row(
    'a purchase that is revoked',
    'a whole library',
    afterwards(({ engine }) => engine.store.catalogue.revoke({ albumId: ALBUMS.tapeHiss })),
    healed,
  ),
  row(
    'a purchase that is revoked',
    'in mid-run',
    inMidRun(({ engine }) => engine.store.catalogue.revoke({ albumId: ALBUMS.tapeHiss })),
    reported('NOT_ENTITLED'),
  ),
  row(
    'a track that is removed',
    'a whole library',
    afterwards(({ engine }) => engine.store.catalogue.removeTrack(LAST)),
    healed,
  ),
  row(
    'a track that is removed',
    'in mid-run',
    inMidRun(({ engine }) => engine.store.catalogue.removeTrack(LAST)),
    reported('TRACK_UNAVAILABLE'),
  ),
  row(
    'an album that leaves the catalogue although it was bought',
    'in mid-run',
    inMidRun(({ engine }) => engine.store.catalogue.withdrawAlbum(ALBUMS.slowWeather)),
    healed,
  ),
  row(
    'an album that leaves the catalogue although it was bought',
    'a whole library',
    afterwards(({ engine }) => engine.store.catalogue.withdrawAlbum(ALBUMS.slowWeather)),
    healed,
  ),
];
