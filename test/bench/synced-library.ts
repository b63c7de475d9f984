import { closeSync, ftruncateSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreAlbum } from '../../src-main/demo/catalogue.ts';
import { assignPlacements } from '../../src-main/files/layout.ts';
import { pathKey } from '../../src-main/files/names.ts';
import { openLibrary } from '../../src-main/library/library.ts';
import { albumId, trackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import { bigLibrary } from '../support/big-library.ts';
import { benchEngine } from './bench-engine.ts';
import { type BenchStore, startStore } from './store.ts';

/** An MP3 of four minutes weighs about this much; the files are holes of that length. */
const TRACK_BYTES = 9_600_000;
const TRACKS_PER_ALBUM = 10;

/** A library that has everything its account owns. */
export interface SyncedLibrary {
  readonly home: string;
  readonly root: string;
  readonly store: BenchStore;
}

/**
 * Prepares a synced library of `tracks` tracks in `folder`: a real listing, then rows and files as a sync
 * would have left them.
 */
export async function syncedLibrary(folder: string, tracks: number): Promise<SyncedLibrary> {
  const catalogue = bigLibrary({
    albums: tracks / TRACKS_PER_ALBUM,
    singles: 0,
    tracksPerAlbum: TRACKS_PER_ALBUM,
  });
  const home = join(folder, 'home');
  const root = join(folder, 'Music');
  const store = await startStore(catalogue);
  const engine = await benchEngine(home, store.addresses);
  await engine.confirmSession();
  await engine.useFolder(root);
  await engine.refreshPurchases();
  await engine.dispose();
  await fill(home, root, catalogue.albums);
  await store.spans();
  return { home, root, store };
}

/** Gives every album its placement, its rows and its files. */
async function fill(home: string, root: string, albums: readonly StoreAlbum[]): Promise<void> {
  const library = openLibrary(join(home, 'library.sqlite'));
  const row = await library.roots.byPath(root);
  if (!row) throw new Error('The folder did not become a root.');
  const purchases = await library.purchases.list(row.accountId);
  const placements = assignPlacements({
    rootId: row.id,
    template: row.template,
    sides: { covers: true, booklets: true },
    existing: [],
    purchases,
  });
  await library.placements.add(placements);
  const folders = new Map(placements.map((placement) => [placement.albumId, placement.folder]));
  const files: LibraryFile[] = [];
  for (const album of albums) {
    const folder = folders.get(albumId(album.id)) ?? '';
    mkdirSync(join(root, folder), { recursive: true });
    for (const track of album.tracks) {
      const number = String(track.trackNumber).padStart(2, '0');
      const path = `${folder}/${number} - ${track.title}.mp3`;
      files.push(fileRow(row.id, album, track.id, path, makeFile(join(root, path))));
    }
  }
  await library.files.putMany(files.map((file) => ({ file, pathKey: pathKey(file.path) })));
  library.close();
}

/** Creates a file that is one hole; gives when. */
function makeFile(path: string): number {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, TRACK_BYTES);
  closeSync(fd);
  return Math.floor(statSync(path).mtimeMs);
}

function fileRow(
  rootId: LibraryFile['rootId'],
  album: StoreAlbum,
  track: number,
  path: string,
  modifiedMs: number,
): LibraryFile {
  return {
    rootId,
    albumId: albumId(album.id),
    trackId: trackId(track),
    kind: 'track',
    path,
    bytes: TRACK_BYTES,
    modifiedMs,
    receipt: {
      sha256: String(track).padStart(64, '0'),
      bytes: TRACK_BYTES,
      audioHash: { kind: 'frames-sha256', value: String(track).padStart(64, '1') },
      durationSeconds: 240,
      requestedFormatId: 5,
      servedFormatId: 5,
      samplingRateKHz: 44.1,
      bitDepth: null,
      refusedFormats: [],
      cratefulVersion: '0.0.0',
    },
  };
}
