import { join } from 'node:path';
import { TagLib } from 'taglib-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAudioPool } from '../../../src-main/audio/pool.ts';
import { dsfFile, mp3File } from '../../support/audio-files.ts';
import {
  AUDIO_WORKER,
  faultOf,
  makeFlac,
  sha256,
  TAGS,
  useAudioLab,
} from '../../support/audio-lab.ts';

const lab = useAudioLab();
const flac = makeFlac();
let taglib: TagLib;
beforeAll(async () => {
  taglib = await TagLib.initialize();
});

describe('looking inside a file of the library', () => {
  it('knows the purchase and the audio again after tagging, and after the user edited the tags', async () => {
    for (const [extension, bytes] of [
      ['flac', makeFlac({ md5: 'unset' }).file],
      ['mp3', mp3File(30)],
      ['dsf', dsfFile(1)],
    ] as const) {
      const from = lab.save(`got.${extension}`, bytes);
      const to = join(lab.folder, `have.${extension}`);
      const proof = await lab.prove(from, extension);
      const { audioHash } = await lab.pool.tag({
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
      expect(await lab.pool.inspect(to)).toMatchObject(expected);
      const file = await taglib.open(to);
      file.setProperties({ ...file.properties(), title: ['My own name for it'] });
      await file.saveToFile();
      file.dispose();
      expect(await lab.pool.inspect(to)).toMatchObject(expected);
    }
  });

  it('finds out the audio of a FLAC that states no MD5', async () => {
    const path = lab.save('bare.flac', makeFlac({ md5: 'unset' }).file);
    expect(await lab.pool.inspect(path)).toMatchObject({
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
      const path = lab.save('damaged.bin', bytes);
      expect(await lab.pool.inspect(path)).toEqual({
        whole: false,
        audioHash: null,
        durationSeconds: null,
        samplingRateKHz: null,
        bitDepth: null,
        qobuzTrackId: null,
        bytes: bytes.length,
      });
    }
  });
});

describe('the pool', () => {
  it('hashes files', async () => {
    const path = lab.save('any.bin', flac.file);
    const expected = { sha256: sha256(flac.file), bytes: flac.file.length };
    expect(await lab.pool.hash(path)).toEqual(expected);
  });

  it('cancels by signal and goes on with other work', async () => {
    const path = lab.save('cancel.flac', flac.file);
    const request = { path, extension: 'flac', expectedDurationSeconds: null };
    // Again and again: what comes next may be handed to a thread that is just ending.
    for (let round = 0; round < 8; round++) {
      const stop = new AbortController();
      const proofs = Array.from({ length: 6 }, () => faultOf(lab.pool.prove(request, stop.signal)));
      stop.abort();
      for (const fault of await Promise.all(proofs)) expect(fault.code).toBe('CANCELLED');
      await expect(lab.pool.prove(request)).resolves.toBeDefined();
    }
  });

  it('cancels what is under way when it is closed', async () => {
    const other = createAudioPool({ workerUrl: AUDIO_WORKER, threads: 1 });
    const path = lab.save('close.flac', flac.file);
    const request = { path, extension: 'flac', expectedDurationSeconds: null };
    const proofs = Array.from({ length: 3 }, () => faultOf(other.prove(request)));
    await other.close();
    for (const fault of await Promise.all(proofs)) expect(fault.code).toBe('CANCELLED');
  });
});
