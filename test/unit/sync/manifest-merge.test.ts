import { describe, expect, it } from 'vitest';
import { mergeManifest, type Standing } from '../../../src-main/sync/manifest-merge.ts';
import { albumId, rootId, trackId } from '../../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../../src-preload/contract/library.ts';

const file = (track: number, path: string, bytes: number, modifiedMs = 1): LibraryFile => ({
  rootId: rootId('root'),
  albumId: albumId('a1'),
  trackId: trackId(track),
  kind: 'track',
  path,
  bytes,
  modifiedMs,
  receipt: {
    sha256: `${path} ${bytes} ${modifiedMs}`,
    bytes,
    audioHash: null,
    durationSeconds: null,
    requestedFormatId: null,
    servedFormatId: null,
    samplingRateKHz: null,
    bitDepth: null,
    refusedFormats: [],
    cratefulVersion: '0.0.0',
  },
});
const merged = async (
  rows: LibraryFile[],
  said: LibraryFile[],
  disk: Readonly<Record<string, Standing>>,
) => {
  const asked: string[] = [];
  const taken = await mergeManifest(rows, said, async (path) => {
    asked.push(path);
    return disk[path] ?? null;
  });
  return { taken, asked };
};

describe('a manifest that somebody else wrote', () => {
  it('gives what there is no row for, and the disk is not asked about what both say', async () => {
    const same = file(1, 'a/1.flac', 10);
    const other = file(2, 'a/2.flac', 20);
    expect(await merged([same], [same, other], {})).toEqual({ taken: [other], asked: [] });
  });

  it('is believed of a file it calls another one only when the disk agrees', async () => {
    const row = file(1, 'a/1.flac', 10);
    const said = file(1, 'a/1.flac', 12);
    const on = (bytes: number) => ({ 'a/1.flac': { bytes, modifiedMs: 5 } });
    expect((await merged([row], [said], on(12))).taken).toEqual([said]);
    expect((await merged([row], [said], on(10))).taken).toEqual([]);
    expect((await merged([row], [said], {})).taken).toEqual([]);
  });

  it('decides by the time of a file where both say the same size', async () => {
    const row = file(1, 'a/1.flac', 10, 100);
    const said = file(1, 'a/1.flac', 10, 200);
    const at = (modifiedMs: number) => ({ 'a/1.flac': { bytes: 10, modifiedMs } });
    expect((await merged([row], [said], at(200))).taken).toEqual([said]);
    expect((await merged([row], [said], at(100))).taken).toEqual([]);
    expect((await merged([row], [said], at(300))).taken).toEqual([]);
  });

  it('moves a track to another place when its file is no longer where the row has it', async () => {
    const row = file(1, 'a/1.mp3', 10);
    const said = file(1, 'a/1.flac', 50);
    const there = { 'a/1.flac': { bytes: 50, modifiedMs: 1 } };
    expect((await merged([row], [said], there)).taken).toEqual([said]);
    const both = { ...there, 'a/1.mp3': { bytes: 10, modifiedMs: 1 } };
    expect((await merged([row], [said], both)).taken).toEqual([]);
  });

  it('meets paths that differ in case or normal form as one file', async () => {
    const row = file(1, 'Caf\u00e9/1.flac', 10);
    const said = file(1, 'CAFE\u0301/1.flac', 10);
    expect((await merged([row], [said], {})).taken).toEqual([]);
  });
});
