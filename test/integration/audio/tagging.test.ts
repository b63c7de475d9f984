import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseFile } from 'music-metadata';
import { TagLib } from 'taglib-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TagSet } from '../../../src-main/audio/tags.ts';
import { dsfFile, jpeg, mp3File } from '../../support/audio-files.ts';
import { faultOf, makeFlac, sha256, TAGS, useAudioLab } from '../../support/audio-lab.ts';

const lab = useAudioLab();
const flac = makeFlac();
const hasFlac = spawnSync('flac', ['--version']).status === 0;
let taglib: TagLib;
beforeAll(async () => {
  taglib = await TagLib.initialize();
});

/** What both readers must find, whatever the container. */
async function expectTags(path: string): Promise<void> {
  const { common } = await parseFile(path);
  expect(common).toMatchObject({
    title: 'Ærø: Op. 27 (Live)',
    artists: ['Mira Vogel', '雨の日'],
    album: 'Night Trains',
    albumartist: 'Mira Vogel',
    track: { no: 3, of: 12 },
    disk: { no: 1, of: 2 },
    date: '2021-03-05',
    genre: ['Jazz', 'Vocal'],
    label: ['Low Tide'],
    composer: ['A. One', 'B. Two'],
    isrc: ['QZABC2100001'],
    barcode: '0123456789012',
    copyright: '℗ 2021 Low Tide',
    replaygain_track_gain: { dB: -7.31 },
  });
  const file = await taglib.open(path);
  expect(file.properties()).toMatchObject({
    title: TAGS.TITLE,
    artist: TAGS.ARTIST,
    composer: TAGS.COMPOSER,
    PERFORMER: TAGS.PERFORMER,
    QOBUZ_TRACK_ID: ['123456'],
  });
  file.dispose();
}

describe('tagging', () => {
  /** Proves and tags bytes; the proven first and the tagged second file. */
  async function tag(bytes: Buffer, extension: string, tags: TagSet, cover: Buffer | null) {
    const from = lab.save(`first.${extension}`, bytes);
    const to = join(lab.folder, `second.${extension}`);
    const coverFile = cover === null ? null : lab.save('cover.jpg', cover);
    const proof = await lab.prove(from, extension);
    const tagged = await lab.pool.tag({ from, to, extension, tags, coverFile, proof });
    const written = readFileSync(to);
    expect(tagged).toEqual({
      sha256: sha256(written),
      bytes: written.length,
      audioHash: proof.audioHash,
    });
    expect(readFileSync(from).equals(bytes)).toBe(true);
    const again = await lab.prove(to, extension);
    expect(again).toMatchObject({ audioHash: proof.audioHash, totalSamples: proof.totalSamples });
    return { path: to, written, proof, again };
  }

  it.each([
    ['flac', flac.file],
    ['mp3', mp3File(100)],
    ['dsf', dsfFile(3)],
  ])(
    'writes every field and the cover so that other readers find them (%s)',
    async (extension, bytes) => {
      const cover = jpeg(600, 598);
      const { path } = await tag(bytes, extension, TAGS, cover);
      await expectTags(path);
      const { common } = await parseFile(path);
      expect(common.picture).toHaveLength(1);
      expect(common.picture?.[0]).toMatchObject({ format: 'image/jpeg', type: 'Cover (front)' });
      expect(Buffer.from(common.picture?.[0]?.data ?? []).equals(cover)).toBe(true);
    },
  );

  it('keeps the tags of the store where the catalogue says nothing (FLAC)', async () => {
    const comments = ['title=Old', 'MOOD=Calm', 'TOTALTRACKS=9', 'mood=Blue'];
    const body = Buffer.concat(
      ['Store 1.0', comments.length, ...comments].map((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(typeof part === 'number' ? part : part.length);
        return typeof part === 'number' ? length : Buffer.concat([length, Buffer.from(part)]);
      }),
    );
    const seekTable = { type: 3, body: Buffer.alloc(36, 1) };
    const application = { type: 2, body: Buffer.from('test-data') };
    const blocks = [seekTable, { type: 4, body }, application, { type: 1, body: Buffer.alloc(50) }];
    const { path, written } = await tag(makeFlac({ blocks }).file, 'flac', TAGS, null);
    const { native } = await parseFile(path);
    const found = native.vorbis?.filter(({ id }) => /MOOD|TITLE|TOTAL/.test(id));
    expect(found).toEqual([
      { id: 'TITLE', value: TAGS.TITLE?.[0] },
      { id: 'TRACKTOTAL', value: '12' },
      { id: 'DISCTOTAL', value: '2' },
      { id: 'MOOD', value: 'Calm' },
      { id: 'MOOD', value: 'Blue' },
    ]);
    expect(written.includes(seekTable.body)).toBe(true);
    expect(written.includes(application.body)).toBe(true);
  });

  it('keeps the tags of the store where the catalogue says nothing (MP3 and DSF)', async () => {
    for (const [extension, bytes] of [
      ['mp3', mp3File(30)],
      ['dsf', dsfFile(1)],
    ] as const) {
      const path = lab.save(`store.${extension}`, bytes);
      const file = await taglib.open(path);
      file.setProperties({
        MOOD: ['Calm'],
        lyricist: ['L. Writer'],
        title: ['Old'],
        TRACKTOTAL: ['9'],
      });
      await file.saveToFile();
      file.dispose();
      const tagged = await tag(readFileSync(path), extension, TAGS, null);
      await expectTags(tagged.path);
      const read = await taglib.open(tagged.path);
      expect(read.properties()).toMatchObject({ mood: ['Calm'], lyricist: ['L. Writer'] });
      read.dispose();
    }
  });

  it('replaces the front cover and keeps the other pictures', async () => {
    const first = await tag(flac.file, 'flac', TAGS, jpeg(300, 300));
    const back = Buffer.from(readFileSync(first.path));
    const at = back.indexOf('image/jpeg') - 8;
    back.writeUInt32BE(4, at);
    const second = await tag(back, 'flac', TAGS, jpeg(600, 600));
    const third = await tag(readFileSync(second.path), 'flac', TAGS, jpeg(100, 100));
    const { common } = await parseFile(third.path);
    expect(common.picture?.map(({ type }) => type).sort()).toEqual([
      'Cover (back)',
      'Cover (front)',
    ]);
    expect(third.written.length).toBe(second.written.length);
  });

  it('leaves out a cover that is too large for a block, unreadable or no picture', async () => {
    for (const cover of [
      jpeg(9000, 9000, 16_777_216),
      jpeg(9000, 9000, 16_777_210),
      Buffer.from('<html>'),
    ]) {
      const { path } = await tag(flac.file, 'flac', TAGS, cover);
      expect((await parseFile(path)).common.picture).toBeUndefined();
    }
    const from = lab.save('first.flac', flac.file);
    const proof = await lab.prove(from, 'flac');
    const coverFile = join(lab.folder, 'no-such-cover.jpg');
    const to = join(lab.folder, 'second.flac');
    await expect(
      lab.pool.tag({ from, to, extension: 'flac', tags: TAGS, coverFile, proof }),
    ).resolves.toBeDefined();
  });

  it('fills in the MD5 and the sample count, and drops what does not belong to the stream', async () => {
    const bare = makeFlac({ md5: 'unset', totalSamples: 0 });
    const id3v2 = Buffer.concat([
      Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x20', 'latin1'),
      Buffer.alloc(32),
    ]);
    const id3v1 = Buffer.alloc(128);
    id3v1.write('TAG');
    const { written, again } = await tag(
      Buffer.concat([id3v2, bare.file, id3v1]),
      'flac',
      TAGS,
      null,
    );
    expect(again).toMatchObject({ md5: 'matched', totalSamples: 88_200 });
    expect(written.toString('latin1', 0, 4)).toBe('fLaC');
    const frames = Buffer.concat([...bare.frames]);
    expect(written.subarray(written.length - frames.length).equals(frames)).toBe(true);
  });

  it.skipIf(!hasFlac)(
    'gives files the reference finds no fault with, where flac is installed',
    async () => {
      const { path } = await tag(makeFlac({ md5: 'unset' }).file, 'flac', TAGS, jpeg(600, 600));
      const { status, stderr } = spawnSync('flac', ['-t', '--warnings-as-errors', path]);
      expect(stderr.toString()).toContain('ok');
      expect(status).toBe(0);
    },
  );

  it('never changes the audio, whatever the tags say', async () => {
    const name = fc.stringMatching(/^[A-Z][A-Z_ ]{0,15}$/);
    const value = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .map((text) => text.replaceAll('\0', '·'));
    const values = fc.array(value, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, values, { maxKeys: 8 }),
        fc.constantFrom(
          ['flac', flac.file] as const,
          ['mp3', mp3File(9)] as const,
          ['dsf', dsfFile(1)] as const,
        ),
        async (tags, [extension, bytes]) => {
          const once = await tag(bytes, extension, tags, null);
          const twice = await tag(once.written, extension, tags, null);
          expect(twice.written.equals(once.written)).toBe(true);
          const { format } = await parseFile(once.path);
          expect(format.sampleRate).toBe(once.proof.samplingRateKHz * 1000);
          const file = await taglib.open(once.path);
          const read = Object.values(file.properties()).flat();
          file.dispose();
          expect(read).toEqual(expect.arrayContaining(Object.values(tags).flat()));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves no second file behind when it fails', async () => {
    const from = lab.save('first.flac', flac.file);
    const proof = await lab.prove(from, 'flac');
    const tags = { COMMENT: ['x'.repeat(17 * 1024 * 1024)] };
    const to = join(lab.folder, 'failed.flac');
    const fault = await faultOf(
      lab.pool.tag({ from, to, extension: 'flac', tags, coverFile: null, proof }),
    );
    expect(fault).toEqual({ code: 'TAGGING_FAILED', params: { reason: 'comments-too-large' } });
    expect(existsSync(to)).toBe(false);
    const lost = {
      from,
      to: join(lab.folder, 'no', 'such', 'x.flac'),
      extension: 'flac',
      tags: {},
      coverFile: null,
      proof,
    };
    expect(await faultOf(lab.pool.tag(lost))).toEqual({
      code: 'DISK_FAILED',
      params: { reason: 'ENOENT' },
    });
  });
});
