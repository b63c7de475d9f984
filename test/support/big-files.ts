import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueData, StoreTrack } from '../../src-main/demo/catalogue.ts';
import { dsfFile, mp3File } from './audio-files.ts';
import { ALBUMS, demoAlbums } from './demo-albums.ts';
import { encodeFlac, testSignal } from './flac-encoder.ts';

const ALBUM = 'bigfiles00000';

/** Tracks of the album of big files, in its order. */
export const BIG_TRACKS: readonly number[] = [990_000_001, 990_000_002, 990_000_003];

/**
 * Makes a FLAC, a DSF and an MP3 of 2 to 4 MB each in `folder`, and a store that sells them, one by one, beside the
 * given albums of the demo.
 */
export async function bigFiles(folder: string, ...beside: string[]): Promise<CatalogueData> {
  await mkdir(folder, { recursive: true });
  const data = demoAlbums(...beside);
  const album = data.albums.find(({ id }) => id === ALBUMS.slowWeather);
  const [model] = album?.tracks ?? [];
  if (!album || !model) throw new Error('the demo lost an album');
  const tracks: StoreTrack[] = [];
  for (const [at, { extension, formatId, durationSeconds, bytes }] of soundFiles().entries()) {
    const file = join(folder, `big.${extension}`);
    await writeFile(file, bytes);
    tracks.push({
      ...model,
      id: BIG_TRACKS[at] ?? 0,
      title: `A long ${extension}`,
      trackNumber: at + 1,
      durationSeconds,
      files: { [formatId]: file },
    });
  }
  const bought = tracks.map((track, at) => ({
    albumId: ALBUM,
    trackId: track.id,
    purchasedAt: 1_700_000_000 + at,
    orderId: 1 + at,
    formatIds: Object.keys(track.files).map(Number),
    downloadable: true,
  }));
  return {
    ...data,
    albums: [...data.albums, { ...album, id: ALBUM, title: 'Big Files', tracks }],
    purchases: [...data.purchases, ...bought],
  };
}

function soundFiles() {
  const flac = encodeFlac({
    sampleRate: 44_100,
    bitDepth: 16,
    channels: testSignal(44_100 * 14, 2, 16),
    blockSize: 4096,
    style: () => ({ subframe: 'verbatim' }),
  });
  const dsfSeconds = 5;
  const mp3Frames = 8000;
  return [
    { extension: 'flac', formatId: 6, durationSeconds: 14, bytes: flac.file },
    {
      extension: 'dsf',
      formatId: 55,
      durationSeconds: dsfSeconds,
      bytes: dsfFile(Math.round((dsfSeconds * 2_822_400) / 32_768)),
    },
    {
      extension: 'mp3',
      formatId: 5,
      durationSeconds: Math.round((mp3Frames * 1152) / 44_100),
      bytes: mp3File(mp3Frames),
    },
  ];
}
