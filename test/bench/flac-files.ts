import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueData } from '../../src-main/demo/catalogue.ts';
import { bigLibrary } from '../support/big-library.ts';
import { runCommand } from './command.ts';
import type { Workplace } from './workplace.ts';

/** A real FLAC of about 200 MB. */
export interface FlacFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** What each file is: depth, rate and how hard the reference encoder tried. */
const KINDS = [
  { name: '16-44', bits: 16, rate: 44_100, level: '-5' },
  { name: '16-44-fast', bits: 16, rate: 44_100, level: '-0' },
  { name: '24-96', bits: 24, rate: 96_000, level: '-5' },
  { name: '24-192', bits: 24, rate: 192_000, level: '-5' },
] as const;

type Kind = (typeof KINDS)[number];

/** Seconds of sound that are made once and repeated: the encoder sees no further than a frame. */
const LOOP_SECONDS = 10;
const WANTED_BYTES = 200_000_000;

/** Four files as the shop sells them, made by the reference encoder and kept between runs. Needs `flac`. */
export async function flacFiles(place: Workplace): Promise<readonly FlacFile[]> {
  const folder = await place.kept('audio');
  const files: FlacFile[] = [];
  for (const kind of KINDS) {
    const loop = soundOf(kind);
    const sample = join(folder, `${kind.name}.loop.flac`);
    await encode(kind, loop, 1, sample);
    const loops = Math.round(WANTED_BYTES / (await stat(sample)).size);
    const path = join(folder, `${kind.name}.flac`);
    const there = await stat(path).catch(() => null);
    if (!there) {
      place.say(`making ${kind.name}.flac`);
      await encode(kind, loop, loops, `${path}.new`);
      await rename(`${path}.new`, path);
    }
    const { size } = await stat(path);
    files.push({ name: `${kind.name}.flac`, path, bytes: size, seconds: loops * LOOP_SECONDS });
  }
  return files;
}

/** An account that bought one album with these files as its tracks. */
export function catalogueOf(files: readonly FlacFile[]): CatalogueData {
  const data = bigLibrary({ albums: 1, singles: 0, tracksPerAlbum: files.length });
  return {
    ...data,
    albums: data.albums.map((album) => ({
      ...album,
      tracks: album.tracks.map((track, index) => ({
        ...track,
        durationSeconds: files[index]?.seconds ?? 0,
        files: { 27: files[index]?.name ?? '' },
      })),
    })),
    purchases: data.purchases.map((purchase) => ({ ...purchase, formatIds: [27] })),
  };
}

/** Three tones under noise: about as hard to compress as music. Little-endian stereo. */
function soundOf({ bits, rate }: Kind): Buffer {
  const bytes = bits / 8;
  const samples = rate * LOOP_SECONDS;
  const sound = Buffer.alloc(samples * 2 * bytes);
  const full = 2 ** (bits - 1);
  let seed = 1;
  for (let index = 0; index < samples; index++) {
    for (let channel = 0; channel < 2; channel++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
      const noise = (seed / 2 ** 31) * 0.02;
      const at = (index / rate) * 2 * Math.PI;
      const tones = Math.sin(at * 220) + Math.sin(at * (441 + channel)) + Math.sin(at * 1330);
      const value = Math.round((tones * 0.2 + noise) * full);
      sound.writeIntLE(value, (index * 2 + channel) * bytes, bytes);
    }
  }
  return sound;
}

async function encode(kind: Kind, loop: Buffer, loops: number, to: string): Promise<void> {
  const format = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2'];
  const depth = [`--bps=${kind.bits}`, `--sample-rate=${kind.rate}`];
  const args = ['--silent', '--force', kind.level, ...format, ...depth, '-o', to, '-'];
  await runCommand('flac', args, Array<Buffer>(loops).fill(loop));
}
