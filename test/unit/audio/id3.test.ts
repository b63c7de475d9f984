import { describe, expect, it } from 'vitest';
import { mergeId3, parseId3, userText } from '../../../src-main/audio/id3.ts';

/** A tag of the given version and flags around frames of raw bytes. */
function tagOf(version: number, flags: number, body: Buffer): Buffer {
  const head = Buffer.from([
    0x49,
    0x44,
    0x33,
    version,
    0,
    flags,
    0,
    0,
    body.length >> 7,
    body.length & 127,
  ]);
  return Buffer.concat([head, body]);
}

function frame(id: string, body: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(10);
  head.write(id);
  head.writeUInt32BE(body.length, 4);
  head.writeUInt8(flags, 9);
  return Buffer.concat([head, body]);
}

describe('ID3v2 tags', () => {
  it('of version 2.3 give their frames, unsynchronised or behind an extended header', () => {
    const body = Buffer.from([1, 0xff, 0xfe, 0x41, 0]);
    const stuffed = Buffer.from([1, 0xff, 0x00, 0xfe, 0x41, 0]);
    const plain = Buffer.concat([frame('TIT2', body), frame('TPE1', Buffer.from('\0x'))]);
    const expected = [
      { id: 'TIT2', body },
      { id: 'TPE1', body: Buffer.from('\0x') },
    ];
    expect(parseId3(tagOf(3, 0, plain))).toEqual(expected);
    const extended = Buffer.concat([Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0, 0]), plain]);
    expect(parseId3(tagOf(3, 0x40, extended))).toEqual(expected);
    const head = frame('TIT2', body).subarray(0, 10);
    expect(parseId3(tagOf(3, 0x80, Buffer.concat([head, stuffed])))).toEqual([expected[0]]);
  });

  it('of version 2.4 lose the length prefix of a frame, and frames that cannot be read', () => {
    const prefixed = frame('TIT2', Buffer.from('\0\0\0\x02\0A', 'latin1'), 0x01);
    const compressed = frame('TALB', Buffer.from('xyz'), 0x08);
    expect(parseId3(tagOf(4, 0, Buffer.concat([prefixed, compressed])))).toEqual([
      { id: 'TIT2', body: Buffer.from('\0A') },
    ]);
  });

  it('that are older, cut or no tags give nothing rather than rubbish', () => {
    const whole = tagOf(3, 0, frame('TIT2', Buffer.from('\0Title')));
    expect(parseId3(whole.subarray(0, whole.length - 2))).toEqual([]);
    expect(parseId3(tagOf(2, 0, Buffer.from('TT2\0\0\x03\0Ab')))).toEqual([]);
    expect(parseId3(Buffer.from('not a tag at all'))).toEqual([]);
  });

  it('replace what is named in any case and the old date frames, and keep the rest', () => {
    const existing = [
      { id: 'TXXX', body: Buffer.from('\0barcode\x001') },
      { id: 'TXXX', body: Buffer.from([1, ...Buffer.from('\uFEFFmood\0\uFEFFcalm', 'utf16le')]) },
      { id: 'TYER', body: Buffer.from('\x001999') },
      { id: 'PRIV', body: Buffer.from('owner\0data') },
    ];
    const tag = mergeId3(existing, { BARCODE: ['2'], DATE: ['2001-02-03'] }, null);
    const frames = parseId3(tag);
    expect(frames.map(({ id }) => id)).toEqual(['TXXX', 'TDRC', 'TXXX', 'PRIV']);
    expect(userText(frames, 'BARCODE')).toEqual(['2']);
    expect(userText(frames, 'mood')).toEqual(['calm']);
    expect(parseId3(mergeId3(existing, {}, null))).toEqual(existing);
  });
});
