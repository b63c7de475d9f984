import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProofDepth, proveFlac } from '../../../src-main/audio/flac/prove.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import {
  encodeFlac,
  type FlacSpec,
  type FrameStyle,
  pcmBytes,
  testSignal,
} from '../../support/flac-encoder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crateful-flac-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Proves bytes as a file; the fault's reason instead when it is not whole. */
function prove(bytes: Buffer, depth: ProofDepth = 'decode') {
  const path = join(folder, 'track.flac');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return proveFlac(fd, fstatSync(fd).size, depth);
  } catch (fault) {
    if (fault instanceof CratefulError && fault.code === 'AUDIO_DAMAGED')
      return fault.params.reason;
    throw fault;
  } finally {
    closeSync(fd);
  }
}

const STYLES: readonly FrameStyle[] = [
  { subframe: 'fixed', order: 2, coding: 'mid-side', partitionOrder: 3 },
  { subframe: 'verbatim' },
  {
    subframe: 'lpc',
    order: 2,
    coefficients: [250, -120],
    precision: 9,
    shift: 7,
    coding: 'left-side',
  },
  { subframe: 'fixed', order: 4, coding: 'side-right', escape: true },
];
const spec = (more: Partial<FlacSpec> = {}): FlacSpec => ({
  sampleRate: 44_100,
  bitDepth: 16,
  channels: testSignal(4000, 2, 16),
  blockSize: 576,
  style: (frame) => STYLES[frame % STYLES.length] ?? { subframe: 'verbatim' },
  ...more,
});

describe('the FLAC decoder', () => {
  const sample = (bits: number) =>
    fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
  const stream = fc
    .record({
      bitDepth: fc.constantFrom(4, 8, 12, 16, 20, 24),
      channels: fc.integer({ min: 1, max: 3 }),
      length: fc.integer({ min: 1, max: 200 }),
      wasted: fc.constantFrom(0, 0, 3),
      blockSize: fc.constantFrom(16, 64, 192),
      order: fc.integer({ min: 0, max: 32 }),
      precision: fc.integer({ min: 2, max: 15 }),
      subframe: fc.constantFrom<FrameStyle['subframe']>(
        'constant',
        'verbatim',
        'fixed',
        'lpc',
        'lpc',
      ),
      coding: fc.constantFrom<FrameStyle['coding']>(
        'independent',
        'left-side',
        'side-right',
        'mid-side',
      ),
      partitionOrder: fc.integer({ min: 0, max: 4 }),
      escape: fc.boolean(),
      parameter: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      varies: fc.boolean(),
    })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        samples: fc.array(
          fc.array(sample(shape.bitDepth), { minLength: shape.length, maxLength: shape.length }),
          { minLength: shape.channels, maxLength: shape.channels },
        ),
        coefficients: fc.array(sample(shape.precision), { minLength: 32, maxLength: 32 }),
      }),
    );

  it('gives back every sample of every kind of subframe, whatever the audio', () => {
    fc.assert(
      fc.property(stream, ({ shape, samples, coefficients }) => {
        const wasted = shape.bitDepth > 4 ? shape.wasted : 0;
        const channels = samples.map((values) =>
          Int32Array.from(values, (v) => (v >> wasted) << wasted),
        );
        const style: FrameStyle = {
          ...shape,
          order: shape.subframe === 'fixed' ? shape.order % 5 : shape.order,
          coding: shape.channels === 2 ? shape.coding : 'independent',
          coefficients,
          shift: shape.precision - 1,
        };
        const encoded = encodeFlac({
          ...spec(),
          bitDepth: shape.bitDepth,
          channels,
          blockSize: shape.blockSize,
          ...(shape.varies ? { blockSizes: [16, 40, 33] } : {}),
          style: () => style,
        });
        expect(prove(encoded.file)).toMatchObject({
          pcmMd5: encoded.md5,
          totalSamples: shape.length,
        });
        expect(prove(encoded.file, 'walk')).toMatchObject({ totalSamples: shape.length });
      }),
      { numRuns: 300 },
    );
  });

  it('computes the MD5 that STREAMINFO leaves unset', () => {
    const { file, md5 } = encodeFlac(spec({ md5: 'unset' }));
    expect(prove(file)).toMatchObject({ pcmMd5: md5 });
  });
});

describe('the FLAC proof', () => {
  const whole = encodeFlac(spec());
  const audioStart = whole.head.length;

  it.each(['decode', 'walk'] as const)('detects any flipped bit of the audio (%s)', (depth) => {
    fc.assert(
      fc.property(
        fc.integer({ min: audioStart, max: whole.file.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        (at, bit) => {
          const bent = Buffer.from(whole.file);
          bent[at] = (bent[at] ?? 0) ^ (1 << bit);
          expect(prove(bent, depth)).toBeTypeOf('string');
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['decode', 'walk'] as const)('detects any truncation (%s)', (depth) => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: whole.file.length - 1 }), (length) => {
        expect(prove(whole.file.subarray(0, length), depth)).toBeTypeOf('string');
      }),
      { numRuns: 300 },
    );
  });

  it.each(['decode', 'walk'] as const)(
    'names what is wrong with the order of frames (%s)',
    (depth) => {
      const { head, frames } = whole;
      const join = (...parts: Buffer[]) => Buffer.concat([head, ...parts]);
      const [first, second, third, ...rest] = frames as [Buffer, Buffer, Buffer, ...Buffer[]];
      expect(prove(join(first, third, ...rest), depth)).toBe('frame-missing');
      expect(prove(join(first, second, second, third, ...rest), depth)).toBe('frame-repeated');
      expect(prove(join(second, third, ...rest), depth)).toBe('samples-missing');
      expect(prove(join(...frames.slice(0, -1)), depth)).toBe('samples-missing');
      expect(prove(head, depth)).toBe('samples-missing');
    },
  );

  it.each(['decode', 'walk'] as const)(
    'refuses frames of another stream in between (%s)',
    (depth) => {
      const other = encodeFlac(
        spec({ channels: testSignal(4000, 1, 16), style: () => ({ subframe: 'verbatim' }) }),
      );
      const mixed = [...whole.frames];
      mixed[3] = other.frames[3] as Buffer;
      expect(prove(Buffer.concat([whole.head, ...mixed]), depth)).toBe('format-changed');
    },
  );

  it.each(['decode', 'walk'] as const)(
    'tells zeros in place of audio from zeros behind it (%s)',
    (depth) => {
      const zeros = Buffer.alloc(5000);
      expect(prove(Buffer.concat([whole.file, zeros]), depth)).toMatchObject({
        audioEnd: whole.file.length,
        totalSamples: 4000,
      });
      const half = whole.file.subarray(0, Math.floor(whole.file.length / 2));
      const hollow = Buffer.concat([half, Buffer.alloc(whole.file.length - half.length)]);
      expect(prove(hollow, depth)).toBeTypeOf('string');
      const frames = Buffer.concat([whole.head, ...whole.frames.slice(0, 3), zeros]);
      expect(prove(frames, depth)).toBeTypeOf('string');
    },
  );

  it('tolerates an ID3v1 tag behind a stream of unknown length, and nothing else', () => {
    const { file } = encodeFlac(spec({ totalSamples: 0 }));
    const id3v1 = Buffer.alloc(128);
    id3v1.write('TAG');
    expect(prove(Buffer.concat([file, id3v1]))).toMatchObject({ audioEnd: file.length });
    expect(prove(Buffer.concat([file, id3v1]), 'walk')).toMatchObject({ audioEnd: file.length });
    expect(prove(Buffer.concat([file, Buffer.from('rubbish')]))).toBe('trailing-data');
    expect(prove(Buffer.concat([file, Buffer.alloc(64)]))).toBe('trailing-data');
  });

  it('accepts numbers that start late only when no sample is missing', () => {
    expect(prove(encodeFlac(spec({ firstFrameNumber: 700 })).file)).toMatchObject({
      totalSamples: 4000,
    });
    const unknown = encodeFlac(spec({ firstFrameNumber: 700, totalSamples: 0 }));
    expect(prove(unknown.file)).toBe('frame-missing');
  });

  it('finds a wrong MD5 although every CRC holds, which a walk cannot', () => {
    const { file } = encodeFlac(spec({ md5: 'wrong' }));
    expect(prove(file)).toBe('md5-mismatch');
    expect(prove(file, 'walk')).toMatchObject({ pcmMd5: null });
  });

  it('walks audio deeper than 24 bit without decoding it', () => {
    const deep = spec({
      bitDepth: 32,
      channels: testSignal(2000, 2, 32),
      style: () => ({ subframe: 'verbatim' }),
    });
    const { head, frames, file } = encodeFlac(deep);
    expect(prove(file)).toMatchObject({ pcmMd5: null, totalSamples: 2000, audioEnd: file.length });
    const missing = Buffer.concat([head, ...frames.filter((_, index) => index !== 1)]);
    expect(prove(missing)).toBe('frame-missing');
  });

  it('skips an ID3v2 tag in front of the stream', () => {
    const id3 = Buffer.from('ID3\x04\x00\x00\x00\x00\x01\x00', 'latin1');
    const { file, md5 } = whole;
    expect(prove(Buffer.concat([id3, Buffer.alloc(128), file]))).toMatchObject({ pcmMd5: md5 });
  });

  it('reads a file larger than its window', () => {
    const long = encodeFlac(
      spec({
        channels: testSignal(400_000, 2, 24),
        bitDepth: 24,
        blockSize: 4096,
        style: () => ({ subframe: 'verbatim' }),
      }),
    );
    expect(long.file.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(prove(long.file)).toMatchObject({ pcmMd5: long.md5 });
    expect(prove(long.file, 'walk')).toMatchObject({ totalSamples: 400_000 });
  });
});

const hasFlac = spawnSync('flac', ['--version']).status === 0;

describe.skipIf(!hasFlac)('beside the reference, where flac is installed', () => {
  it('the test encoder writes what flac decodes to the same samples', () => {
    const path = join(folder, 'ours.flac');
    const encoded = encodeFlac(spec());
    writeFileSync(path, encoded.file);
    expect(spawnSync('flac', ['-t', '--warnings-as-errors', path]).status).toBe(0);
    const raw = execFileSync('flac', [
      '-dcs',
      '--force-raw-format',
      '--endian=little',
      '--sign=signed',
      path,
    ]);
    expect(raw.equals(pcmBytes(spec().channels, 16))).toBe(true);
  });

  it.each<[bits: number, rate: number, options: string[]]>([
    [16, 44_100, ['-0']],
    [16, 44_100, ['-8']],
    [24, 96_000, ['-5']],
    [24, 192_000, ['-8']],
    [8, 22_050, ['-8']],
    [16, 44_100, ['--lax', '-l', '32', '-b', '4608']],
  ])('the proof agrees with what flac encodes: %i bit, %i Hz, %s', (bits, rate, options) => {
    const raw = join(folder, 'in.raw');
    const path = join(folder, 'theirs.flac');
    const input = pcmBytes(testSignal(60_000, 2, bits), bits);
    writeFileSync(raw, input);
    const shape = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2'];
    const numbers = [`--bps=${bits}`, `--sample-rate=${rate}`];
    execFileSync('flac', [...options, '-sf', ...shape, ...numbers, '-o', path, raw]);
    const bytes = readFileSync(path);
    expect(prove(bytes)).toMatchObject({ totalSamples: 60_000 });
    expect(prove(bytes, 'walk')).toMatchObject({ totalSamples: 60_000 });
  });
});
