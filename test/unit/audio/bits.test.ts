import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../src-main/audio/flac/bit-reader.ts';
import { crc8, crc16 } from '../../../src-main/audio/flac/crc.ts';
import { newFrameHeader, parseFrameHeader } from '../../../src-main/audio/flac/frame-header.ts';
import { readImage } from '../../../src-main/audio/image.ts';
import { parseMp3Header } from '../../../src-main/audio/mp3.ts';
import { jpeg } from '../../support/audio-files.ts';

/** A reader over bytes, with the slack behind them that it needs. */
function readerOf(bytes: Uint8Array): BitReader {
  const padded = Buffer.concat([bytes, Buffer.alloc(16)]);
  const reader = new BitReader();
  reader.reset(new DataView(padded.buffer, padded.byteOffset, padded.length), 0, bytes.length);
  return reader;
}

describe('the bit reader', () => {
  it('gives fields of any width back, whatever stands before them', () => {
    const widths = fc.array(fc.integer({ min: 0, max: 32 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(widths, fc.uint8Array({ minLength: 160, maxLength: 160 }), (counts, bytes) => {
        const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        const unsigned = readerOf(bytes);
        const signed = readerOf(bytes);
        let at = 0;
        for (const count of counts) {
          const value = Number.parseInt(bits.slice(at, at + count) || '0', 2);
          expect(unsigned.unsigned(count)).toBe(value);
          const isNegative = count > 0 && bits[at] === '1';
          expect(signed.signed(count)).toBe(isNegative ? value - 2 ** count : value);
          at += count;
        }
      }),
    );
  });

  it('counts zeros over any distance and notices the end', () => {
    const reader = readerOf(Buffer.concat([Buffer.alloc(20), Buffer.from([0x10])]));
    expect(reader.unary()).toBe(163);
    expect(reader.overrun).toBe(false);
    reader.unary();
    expect(reader.overrun).toBe(true);
  });
});

describe('checksums', () => {
  it('match the published check values', () => {
    const check = Buffer.from('123456789');
    expect(crc8(check, 0, 9)).toBe(0xf4);
    expect(crc16(new DataView(check.buffer, check.byteOffset, 9), 0, 9)).toBe(0xfee8);
  });

  it('can be continued at any place', () => {
    const bytes = Buffer.from(Array.from({ length: 100 }, (_, index) => (index * 37) & 255));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let cut = 0; cut <= 100; cut++) {
      expect(crc16(view, cut, 100, crc16(view, 0, cut))).toBe(crc16(view, 0, 100));
    }
  });
});

describe('headers', () => {
  it('of FLAC frames are refused when a reserved value or the CRC-8 speaks against them', () => {
    const header = newFrameHeader();
    const good = [0xff, 0xf8, 0xc9, 0x18, 0x00];
    const bytes = Buffer.from([...good, crc8(Buffer.from(good), 0, 5)]);
    expect(parseFrameHeader(bytes, 0, 6, header)).toBe(true);
    expect(header).toMatchObject({
      blockSize: 4096,
      sampleRate: 44_100,
      channels: 2,
      bitDepth: 16,
    });
    for (let bit = 0; bit < 48; bit++) {
      const bent = Buffer.from(bytes);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(parseFrameHeader(bent, 0, 6, header)).toBe(false);
    }
    for (const [at, value] of [
      [2, 0x09],
      [2, 0xcf],
      [3, 0xb8],
      [3, 0x19],
      [3, 0x16],
      [4, 0x80],
    ] as const) {
      const reserved = [...good];
      reserved[at] = value;
      const crc = crc8(Buffer.from(reserved), 0, 5);
      expect(parseFrameHeader(Buffer.from([...reserved, crc]), 0, 6, header)).toBe(false);
    }
  });

  it('of MPEG frames give the sizes of all versions', () => {
    const sizes = [
      [0xfb, 0xe0, 1044, 44_100],
      [0xfb, 0x92, 418, 44_100],
      [0xf3, 0x80, 208, 22_050],
      [0xe3, 0x88, 576, 8000],
    ] as const;
    for (const [version, rates, frameBytes, sampleRate] of sizes) {
      const header = parseMp3Header(Buffer.from([0xff, version, rates, 0x00]), 0);
      expect(header).toMatchObject({ frameBytes, sampleRate });
    }
    for (const bad of [
      [0xff, 0xfd, 0x90, 0],
      [0xff, 0xfb, 0xf0, 0],
      [0xff, 0xfb, 0x9c, 0],
      [0xff, 0xeb, 0x90, 0],
    ]) {
      expect(parseMp3Header(Buffer.from(bad), 0)).toBeNull();
    }
  });

  it('of pictures give size and depth, and nothing for what is no picture', () => {
    expect(readImage(jpeg(1200, 1189))).toEqual({
      mimeType: 'image/jpeg',
      width: 1200,
      height: 1189,
      bitsPerPixel: 24,
    });
    const png = Buffer.alloc(40);
    png.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
    png.writeUInt32BE(600, 16);
    png.writeUInt32BE(500, 20);
    png.set([8, 6], 24);
    expect(readImage(png)).toEqual({
      mimeType: 'image/png',
      width: 600,
      height: 500,
      bitsPerPixel: 32,
    });
    expect(readImage(jpeg(600, 600).subarray(0, 24))).toBeNull();
    expect(readImage(Buffer.from('<html>'))).toBeNull();
  });
});
