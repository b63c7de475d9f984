import { readFileSync } from 'node:fs';
import type { CatalogueData } from '../../src-main/demo/catalogue.ts';

/** The demo's goods that tests name, by album id. */
export const ALBUMS = {
  /** Six FLACs of 16/44.1; one track was also bought singly. */
  slowWeather: 'hq7v2mslwxk4a',
  /** Up to 24/96, two tracks of it only 16/44.1. */
  copperAndGlass: 'xk29bqf0tzr8c',
  /** Four FLACs of up to 24/192. */
  cathedral: 'c40zjv7mhe2qd',
  /** Four MP3s. */
  tapeHiss: '8719262011403',
  /** Seven tracks, the fifth withheld by its rights holder. */
  nightBus: '5060901384722',
  /** Four tracks, its catalogue JSON in the newer shape. */
  loudNeighbours: 'e0s6rxu48vmtz',
  /** Two discs and a booklet. */
  longTable: '3700604712558',
  /** One DSF. */
  oneTake: 't9pfa62wnk1yb',
  /** Not released yet. */
  preOrder: 'p1o7lkd53hzwe',
  /** One track of it was bought singly. */
  fieldNotes: '3616842097531',
} as const;

const DEMO = new URL('../../assets/demo/catalogue.json', import.meta.url);

/** The demo's catalogue with only the purchases of these albums, so that a test syncs no more than it needs. */
export function demoAlbums(...ids: readonly string[]): CatalogueData {
  const data = JSON.parse(readFileSync(DEMO, 'utf8')) as CatalogueData;
  return {
    albums: data.albums,
    purchases: data.purchases.filter(({ albumId }) => ids.includes(albumId)),
    oddRows: [],
  };
}

/** The purchase of a demo album that a test adds later. */
export function demoPurchase(id: string): CatalogueData['purchases'][number] {
  const [purchase] = demoAlbums(id).purchases.filter(({ trackId }) => trackId === null);
  if (!purchase) throw new Error(`the demo has no album ${id}`);
  return purchase;
}

/** Ids of an album's tracks, in its order. */
export function tracksOf(id: string): number[] {
  const album = demoAlbums().albums.find((each) => each.id === id);
  return (album?.tracks ?? []).map((track) => track.id);
}
