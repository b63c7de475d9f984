import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseFile } from 'music-metadata';
import { TagLib } from 'taglib-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AudioPool, createAudioPool } from '../../../src-main/audio/pool.ts';
import type { TagSet } from '../../../src-main/audio/tags.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import { dsfFile, jpeg, mp3File, mp3Frame } from '../../support/audio-files.ts';
import {
  type EncodedFlac,
  encodeFlac,
  type FlacSpec,
  testSignal,
} from '../../support/flac-encoder.ts';

let folder: string;
let pool: AudioPool;
let taglib: TagLib;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crateful-audio-'));
  const workerUrl = new URL('../../../src-main/audio/worker.ts', import.meta.url);
  pool = createAudioPool({ workerUrl, threads: 2 });
  taglib = await TagLib.initialize();
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hasFlac = spawnSync('flac', ['--version']).status === 0;

function save(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const makeFlac = (more: Partial<FlacSpec> = {}): EncodedFlac =>
  encodeFlac({
    sampleRate: 44_100,
    bitDepth: 16,
    channels: testSignal(88_200, 2, 16),
    blockSize: 4096,
    style: () => ({ subframe: 'fixed', order: 2, coding: 'mid-side' }),
    ...more,
  });
const flac = makeFlac();

const prove = (path: string, extension: string, seconds: number | null = null) =>
  pool.prove({ path, extension, expectedDurationSeconds: seconds });

/** The fault a promise rejects with, as it would cross a boundary. */
async function faultOf(promise: Promise<unknown>) {
  const fault = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(fault).toBeInstanceOf(CratefulError);
  return (fault as CratefulError).toView();
}

const TAGS: TagSet = {
  TITLE: ['Ærø: Op. 27 (Live)'],
  ARTIST: ['Mira Vogel', '雨の日'],
  ALBUM: ['Night Trains'],
  ALBUMARTIST: ['Mira Vogel'],
  TRACKNUMBER: ['3'],
  TRACKTOTAL: ['12'],
  DISCNUMBER: ['1'],
  DISCTOTAL: ['2'],
  DATE: ['2021-03-05'],
  YEAR: ['2021'],
  GENRE: ['Jazz', 'Vocal'],
  LABEL: ['Low Tide'],
  COMPOSER: ['A. One', 'B. Two'],
  PERFORMER: ['Mira Vogel (Main Artist, Piano)', 'Jo (Bass)'],
  ISRC: ['QZABC2100001'],
  UPC: ['0123456789012'],
  BARCODE: ['0123456789012'],
  COPYRIGHT: ['℗ 2021 Low Tide'],
  REPLAYGAIN_TRACK_GAIN: ['-7.31 dB'],
  REPLAYGAIN_TRACK_PEAK: ['0.988000'],
  ITUNESADVISORY: ['0'],
  QOBUZ_TRACK_ID: ['123456'],
  QOBUZ_ALBUM_ID: ['abc123'],
};

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

describe('proving a file', () => {
  it('gives the facts of a FLAC and fills in an MD5 the file does not state', async () => {
    const facts = await prove(save('whole.flac', flac.file), 'flac', 2);
    expect(facts).toMatchObject({
      durationSeconds: 2,
      samplingRateKHz: 44.1,
      bitDepth: 16,
      channels: 2,
      totalSamples: 88_200,
      md5: 'matched',
      audioHash: { kind: 'flac-pcm-md5', value: flac.md5 },
    });
    const bare = await prove(save('bare.flac', makeFlac({ md5: 'unset' }).file), 'flac');
    expect(bare).toMatchObject({ md5: 'was-unset', audioHash: { value: flac.md5 } });
  });

  it('can walk the frames only, and then names the audio by what the file states', async () => {
    const path = save('walk.flac', flac.file);
    const request = { path, extension: 'flac', expectedDurationSeconds: 2, depth: 'walk' } as const;
    expect(await pool.prove(request)).toMatchObject({
      md5: 'not-applicable',
      audioHash: { kind: 'flac-pcm-md5', value: flac.md5 },
    });
    const bare = makeFlac({ md5: 'unset' });
    save('walk.flac', bare.file);
    const frames = { kind: 'frames-sha256', value: sha256(Buffer.concat([...bare.frames])) };
    expect(await pool.prove(request)).toMatchObject({ audioHash: frames });
  });

  it('finds a clean truncation by the duration the service states', async () => {
    const short = makeFlac({ channels: testSignal(44_100, 2, 16) });
    const path = save('short.flac', short.file);
    expect(await faultOf(prove(path, 'flac', 30))).toEqual({
      code: 'TOO_SHORT',
      params: { expectedSeconds: 30, seconds: 1 },
    });
    await expect(prove(path, 'flac', 2.4)).resolves.toBeDefined();
    expect(await faultOf(prove(save('long.flac', flac.file), 'flac', 0.4))).toMatchObject({
      code: 'AUDIO_DAMAGED',
      params: { reason: 'too-long' },
    });
  });

  it.each([
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'html'],
    ['  \n<html lang="en">', 'html'],
    ['{"status":"error"}', 'json'],
    ['', 'empty'],
    ['\0'.repeat(5000), 'zeros'],
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['Access denied', 'text'],
  ])('says what arrived in place of audio: %j', async (content, looksLike) => {
    const path = save('wrong.flac', Buffer.from(content, 'latin1'));
    expect(await faultOf(prove(path, 'flac'))).toEqual({
      code: 'NOT_AUDIO',
      params: { looksLike },
    });
  });

  it('refuses another container than the planned one', async () => {
    const mismatches = [
      [flac.file, 'mp3', 'flac'],
      [mp3File(20), 'flac', 'mp3'],
      [dsfFile(2), 'flac', 'dsf'],
    ] as const;
    for (const [bytes, expected, found] of mismatches) {
      const fault = await faultOf(prove(save('odd.bin', bytes), expected));
      expect(fault).toEqual({ code: 'WRONG_FORMAT', params: { expected, found } });
    }
  });

  it('gives the facts of an MP3 without counting its info frame as music', async () => {
    const bytes = mp3File(100);
    const facts = await prove(save('whole.mp3', bytes), 'mp3', 2.6);
    expect(facts).toMatchObject({
      durationSeconds: (100 * 1152) / 44_100,
      samplingRateKHz: 44.1,
      bitDepth: null,
      totalSamples: 115_200,
      audioHash: { kind: 'frames-sha256', value: sha256(bytes) },
    });
  });

  it('finds an MP3 that lost bytes, a frame or its end, or gained a frame', async () => {
    const whole = mp3File(100);
    const at = 417 * 50;
    const damaged: [Buffer, string][] = [
      [whole.subarray(0, at), 'frames-missing'],
      [whole.subarray(0, at + 100), 'truncated'],
      [whole.subarray(0, at + 2), 'lost-sync'],
      [Buffer.concat([whole.subarray(0, at), whole.subarray(at + 200)]), 'lost-sync'],
      [Buffer.concat([whole.subarray(0, at), whole.subarray(at + 417)]), 'frames-missing'],
      [Buffer.concat([whole, mp3Frame(7), mp3Frame(8)]), 'frames-extra'],
      [Buffer.concat([whole.subarray(0, at), Buffer.alloc(whole.length - at)]), 'frames-missing'],
    ];
    for (const [bytes, reason] of damaged) {
      const fault = await faultOf(prove(save('cut.mp3', bytes), 'mp3'));
      expect(fault).toMatchObject({ code: 'AUDIO_DAMAGED', params: { reason } });
    }
    const bare = mp3File(100, { info: false });
    const cut = save('cut.mp3', bare.subarray(0, at));
    expect(await faultOf(prove(cut, 'mp3', 2.6 + 30))).toMatchObject({ code: 'TOO_SHORT' });
  });

  it('gives the facts of a DSF and finds missing or surplus bytes', async () => {
    const bytes = dsfFile(100);
    expect(await prove(save('whole.dsf', bytes), 'dsf', 1.16)).toMatchObject({
      durationSeconds: (4096 * 8 * 100) / 2_822_400,
      samplingRateKHz: 2822.4,
      bitDepth: 1,
      channels: 2,
      audioHash: { kind: 'frames-sha256', value: sha256(bytes.subarray(92)) },
    });
    const short = Buffer.from(dsfFile(100));
    short.writeBigUInt64LE(BigInt(12 + 4096 * 2 * 99), 84);
    const damaged: [Buffer, string][] = [
      [bytes.subarray(0, 50_000), 'truncated'],
      [bytes.subarray(0, 60), 'truncated'],
      [short, 'samples-missing'],
      [Buffer.concat([bytes, Buffer.from('more')]), 'trailing-data'],
    ];
    for (const [content, reason] of damaged) {
      const fault = await faultOf(prove(save('cut.dsf', content), 'dsf'));
      expect(fault).toMatchObject({ code: 'AUDIO_DAMAGED', params: { reason } });
    }
  });

  it('proves a container it cannot look into by magic and duration', async () => {
    const head = Buffer.alloc(44);
    head.write('RIFF', 0);
    head.writeUInt32LE(36 + 88_200, 4);
    head.write('WAVEfmt ', 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(44_100, 24);
    head.writeUInt32LE(88_200, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36);
    head.writeUInt32LE(88_200, 40);
    const wav = Buffer.concat([head, Buffer.alloc(88_200, 3)]);
    const path = save('whole.wav', wav);
    const proof = await prove(path, 'wav', 1);
    expect(proof).toMatchObject({ durationSeconds: 1, audioHash: { value: sha256(wav) } });
    expect(await faultOf(prove(path, 'wav', 9))).toMatchObject({ code: 'TOO_SHORT' });
    expect(await faultOf(prove(path, 'm4a'))).toMatchObject({ code: 'WRONG_FORMAT' });
    const to = join(folder, 'tagged.wav');
    const request = { from: path, to, extension: 'wav', tags: TAGS, coverFile: null, proof };
    expect(await pool.tag(request)).toMatchObject({ sha256: sha256(wav), bytes: wav.length });
  });
});

describe('tagging', () => {
  /** Proves and tags bytes; the proven first and the tagged second file. */
  async function tag(bytes: Buffer, extension: string, tags: TagSet, cover: Buffer | null) {
    const from = save(`first.${extension}`, bytes);
    const to = join(folder, `second.${extension}`);
    const coverFile = cover === null ? null : save('cover.jpg', cover);
    const proof = await prove(from, extension);
    const tagged = await pool.tag({ from, to, extension, tags, coverFile, proof });
    const written = readFileSync(to);
    expect(tagged).toEqual({
      sha256: sha256(written),
      bytes: written.length,
      audioHash: proof.audioHash,
    });
    expect(readFileSync(from).equals(bytes)).toBe(true);
    const again = await prove(to, extension);
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
      const path = save(`store.${extension}`, bytes);
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
    const from = save('first.flac', flac.file);
    const proof = await prove(from, 'flac');
    const coverFile = join(folder, 'no-such-cover.jpg');
    const to = join(folder, 'second.flac');
    await expect(
      pool.tag({ from, to, extension: 'flac', tags: TAGS, coverFile, proof }),
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
    const from = save('first.flac', flac.file);
    const proof = await prove(from, 'flac');
    const tags = { COMMENT: ['x'.repeat(17 * 1024 * 1024)] };
    const to = join(folder, 'failed.flac');
    const fault = await faultOf(
      pool.tag({ from, to, extension: 'flac', tags, coverFile: null, proof }),
    );
    expect(fault).toEqual({ code: 'TAGGING_FAILED', params: { reason: 'comments-too-large' } });
    expect(existsSync(to)).toBe(false);
    const lost = {
      from,
      to: join(folder, 'no', 'such', 'x.flac'),
      extension: 'flac',
      tags: {},
      coverFile: null,
      proof,
    };
    expect(await faultOf(pool.tag(lost))).toEqual({
      code: 'DISK_FAILED',
      params: { reason: 'ENOENT' },
    });
  });
});

describe('looking inside a file of the library', () => {
  it('knows the purchase and the audio again after tagging, and after the user edited the tags', async () => {
    for (const [extension, bytes] of [
      ['flac', makeFlac({ md5: 'unset' }).file],
      ['mp3', mp3File(30)],
      ['dsf', dsfFile(1)],
    ] as const) {
      const from = save(`got.${extension}`, bytes);
      const to = join(folder, `have.${extension}`);
      const proof = await prove(from, extension);
      const { audioHash } = await pool.tag({
        from,
        to,
        extension,
        tags: TAGS,
        coverFile: null,
        proof,
      });
      const expected = {
        whole: true,
        audioHash,
        qobuzTrackId: 123_456,
        durationSeconds: proof.durationSeconds,
      };
      expect(await pool.inspect(to)).toMatchObject(expected);
      const file = await taglib.open(to);
      file.setProperties({ ...file.properties(), title: ['My own name for it'] });
      await file.saveToFile();
      file.dispose();
      expect(await pool.inspect(to)).toMatchObject(expected);
    }
  });

  it('finds out the audio of a FLAC that states no MD5', async () => {
    const path = save('bare.flac', makeFlac({ md5: 'unset' }).file);
    expect(await pool.inspect(path)).toMatchObject({
      whole: true,
      audioHash: { kind: 'flac-pcm-md5', value: flac.md5 },
      qobuzTrackId: null,
    });
  });

  it('says of a damaged file that it is not whole, and throws nothing', async () => {
    const bent = Buffer.from(flac.file);
    bent[bent.length - 900] = (bent[bent.length - 900] ?? 0) ^ 1;
    for (const bytes of [
      bent,
      flac.file.subarray(0, 20),
      flac.file.subarray(0, 9000),
      mp3File(9).subarray(0, 800),
      dsfFile(1).subarray(0, 300),
      Buffer.from('<html>'),
      Buffer.alloc(0),
    ]) {
      const path = save('damaged.bin', bytes);
      expect(await pool.inspect(path)).toEqual({
        whole: false,
        audioHash: null,
        durationSeconds: null,
        qobuzTrackId: null,
        bytes: bytes.length,
      });
    }
  });
});

describe('the pool', () => {
  it('hashes files', async () => {
    const path = save('any.bin', flac.file);
    const expected = { sha256: sha256(flac.file), bytes: flac.file.length };
    expect(await pool.hash(path)).toEqual(expected);
  });

  it('cancels by signal and goes on with other work', async () => {
    const path = save('cancel.flac', flac.file);
    const stop = new AbortController();
    const request = { path, extension: 'flac', expectedDurationSeconds: null };
    const proofs = Array.from({ length: 6 }, () => faultOf(pool.prove(request, stop.signal)));
    stop.abort();
    for (const fault of await Promise.all(proofs)) expect(fault.code).toBe('CANCELLED');
    await expect(pool.prove(request)).resolves.toBeDefined();
  });

  it('cancels what is under way when it is closed', async () => {
    const workerUrl = new URL('../../../src-main/audio/worker.ts', import.meta.url);
    const other = createAudioPool({ workerUrl, threads: 1 });
    const path = save('close.flac', flac.file);
    const request = { path, extension: 'flac', expectedDurationSeconds: null };
    const proofs = Array.from({ length: 3 }, () => faultOf(other.prove(request)));
    await other.close();
    for (const fault of await Promise.all(proofs)) expect(fault.code).toBe('CANCELLED');
  });
});
