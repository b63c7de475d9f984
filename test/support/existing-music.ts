import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proveFile } from '../../src-main/audio/proof.ts';
import { tagFile } from '../../src-main/audio/tag-file.ts';
import type { TagSet } from '../../src-main/audio/tags.ts';
import { demoAlbums } from './demo-albums.ts';

const DEMO = fileURLToPath(new URL('../../assets/demo/', import.meta.url));

/** One file of a library that existed before Crateful. */
export interface ExistingFile {
  /** Relative to the folder. */
  readonly path: string;
  /** Which track's sound it has, and in which format. */
  readonly trackId: number;
  readonly formatId: number;
  /** Without any, the sound stands there as the store has it. */
  readonly tags?: TagSet;
}

/** Makes files with the demo's sound and tags of somebody else's. */
export async function makeExisting(folder: string, files: readonly ExistingFile[]): Promise<void> {
  for (const { path, trackId, formatId, tags } of files) {
    const from = soundOf(trackId, formatId);
    const to = join(folder, path);
    await mkdir(dirname(to), { recursive: true });
    if (!tags) await copyFile(from, to);
    else {
      const extension = extname(from).slice(1);
      const proof = await proveFile({ path: from, extension, expectedDurationSeconds: null });
      tagFile({ from, to, extension, tags, coverFile: null, proof });
    }
  }
}

/** The file the store delivers of a track. */
export function soundOf(trackId: number, formatId: number): string {
  for (const album of demoAlbums().albums) {
    const track = album.tracks.find(({ id }) => id === trackId);
    const file = track?.files[String(formatId) as keyof typeof track.files];
    if (file)
      return join(DEMO, 'audio', typeof file === 'string' ? file : (file as { path: string }).path);
  }
  throw new Error(`the demo has no track ${trackId} in format ${formatId}`);
}

/** Overwrites bytes in the middle of a file's sound, as a bad disk would. */
export async function damage(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.fill(0x55, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 64);
  await writeFile(path, bytes);
}
