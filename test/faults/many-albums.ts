import { bigLibrary } from '../support/big-library.ts';
import { NO_LOSS, type Result } from './result.ts';
import { openWorld } from './world.ts';

const ALBUMS = 10_000;

/** Mirrors a purchase list of ten thousand albums; nobody fetches their files here. */
export async function tryManyAlbums(): Promise<Result> {
  const catalogue = bigLibrary({ albums: ALBUMS, singles: 0, tracksPerAlbum: 2 });
  const world = await openWorld({ catalogue, ratePerSecond: null, speed: 1000 });
  try {
    const { engine } = world.engine;
    await engine.refreshPurchases();
    const { albums, purchases } = await engine.snapshot();
    const listed = albums.length === ALBUMS && purchases.state === 'ready';
    return {
      group: 'catalogue',
      name: `${ALBUMS.toLocaleString('en')} albums`,
      where: 'the listing',
      faults: 1,
      downloads: 0,
      healed: listed ? 1 : 0,
      told: {},
      losses: NO_LOSS,
      bytesTwice: 0,
      wrong: listed ? [] : [`${albums.length} albums are listed, ${purchases.state}`],
    };
  } finally {
    await world.close();
  }
}
