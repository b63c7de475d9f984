import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dsfFile, mp3File, mp3Frame } from '../../support/audio-files.ts';
import { faultOf, makeFlac, sha256, TAGS, useAudioLab } from '../../support/audio-lab.ts';
import { testSignal } from '../../support/flac-encoder.ts';

const lab = useAudioLab();
const flac = makeFlac();

describe('proving a file', () => {
  it('gives the facts of a FLAC and fills in an MD5 the file does not state', async () => {
    const facts = await lab.prove(lab.save('whole.flac', flac.file), 'flac', 2);
    expect(facts).toMatchObject({
      durationSeconds: 2,
      samplingRateKHz: 44.1,
      bitDepth: 16,
      channels: 2,
      totalSamples: 88_200,
      md5: 'matched',
      audioHash: { kind: 'flac-pcm-md5', value: flac.md5 },
    });
    const bare = await lab.prove(lab.save('bare.flac', makeFlac({ md5: 'unset' }).file), 'flac');
    expect(bare).toMatchObject({ md5: 'was-unset', audioHash: { value: flac.md5 } });
  });

  it('can walk the frames only, and then names the audio by what the file states', async () => {
    const path = lab.save('walk.flac', flac.file);
    const request = { path, extension: 'flac', expectedDurationSeconds: 2, depth: 'walk' } as const;
    expect(await lab.pool.prove(request)).toMatchObject({
      md5: 'not-applicable',
      audioHash: { kind: 'flac-pcm-md5', value: flac.md5 },
    });
    const bare = makeFlac({ md5: 'unset' });
    lab.save('walk.flac', bare.file);
    const frames = { kind: 'frames-sha256', value: sha256(Buffer.concat([...bare.frames])) };
    expect(await lab.pool.prove(request)).toMatchObject({ audioHash: frames });
  });

  it('finds a clean truncation by the duration the service states', async () => {
    const short = makeFlac({ channels: testSignal(44_100, 2, 16) });
    const path = lab.save('short.flac', short.file);
    expect(await faultOf(lab.prove(path, 'flac', 30))).toEqual({
      code: 'TOO_SHORT',
      params: { expectedSeconds: 30, seconds: 1 },
    });
    await expect(lab.prove(path, 'flac', 2.4)).resolves.toBeDefined();
    expect(await faultOf(lab.prove(lab.save('long.flac', flac.file), 'flac', 0.4))).toMatchObject({
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
    const path = lab.save('wrong.flac', Buffer.from(content, 'latin1'));
    expect(await faultOf(lab.prove(path, 'flac'))).toEqual({
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
      const fault = await faultOf(lab.prove(lab.save('odd.bin', bytes), expected));
      expect(fault).toEqual({ code: 'WRONG_FORMAT', params: { expected, found } });
    }
  });

  it('gives the facts of an MP3 without counting its info frame as music', async () => {
    const bytes = mp3File(100);
    const facts = await lab.prove(lab.save('whole.mp3', bytes), 'mp3', 2.6);
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
      const fault = await faultOf(lab.prove(lab.save('cut.mp3', bytes), 'mp3'));
      expect(fault).toMatchObject({ code: 'AUDIO_DAMAGED', params: { reason } });
    }
    const bare = mp3File(100, { info: false });
    const cut = lab.save('cut.mp3', bare.subarray(0, at));
    expect(await faultOf(lab.prove(cut, 'mp3', 2.6 + 30))).toMatchObject({ code: 'TOO_SHORT' });
  });

  it('gives the facts of a DSF and finds missing or surplus bytes', async () => {
    const bytes = dsfFile(100);
    expect(await lab.prove(lab.save('whole.dsf', bytes), 'dsf', 1.16)).toMatchObject({
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
      const fault = await faultOf(lab.prove(lab.save('cut.dsf', content), 'dsf'));
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
    const path = lab.save('whole.wav', wav);
    const proof = await lab.prove(path, 'wav', 1);
    expect(proof).toMatchObject({ durationSeconds: 1, audioHash: { value: sha256(wav) } });
    expect(await faultOf(lab.prove(path, 'wav', 9))).toMatchObject({ code: 'TOO_SHORT' });
    expect(await faultOf(lab.prove(path, 'm4a'))).toMatchObject({ code: 'WRONG_FORMAT' });
    const to = join(lab.folder, 'tagged.wav');
    const request = { from: path, to, extension: 'wav', tags: TAGS, coverFile: null, proof };
    expect(await lab.pool.tag(request)).toMatchObject({ sha256: sha256(wav), bytes: wav.length });
  });
});
