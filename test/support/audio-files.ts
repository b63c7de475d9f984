/** Bytes of small audio files made for tests; the sound in them is of no interest. */

/** One MPEG-1 layer III frame, 44.1 kHz stereo at 128 kbit/s, filled with `fill`. */
export function mp3Frame(fill: number): Buffer {
  const frame = Buffer.alloc(417, fill);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return frame;
}

/** `count` frames, behind an info header that counts them unless `info` is false. */
export function mp3File(count: number, options: { info?: boolean } = {}): Buffer {
  const frames = Array.from({ length: count }, (_, index) => mp3Frame(1 + (index % 200)));
  const info = mp3Frame(0);
  info.write('Info', 36, 'latin1');
  info.writeUInt32BE(3, 40);
  info.writeUInt32BE(count, 44);
  info.writeUInt32BE(417 * (count + 1), 48);
  return Buffer.concat(options.info === false ? frames : [info, ...frames]);
}

/** A stereo DSD64 of `blocks` blocks of 4,096 bytes a channel. */
export function dsfFile(blocks: number): Buffer {
  const samples = Buffer.alloc(4096 * 2 * blocks, 0x69);
  const head = Buffer.alloc(92);
  head.write('DSD ', 0);
  head.writeBigUInt64LE(28n, 4);
  head.writeBigUInt64LE(BigInt(92 + samples.length), 12);
  head.write('fmt ', 28);
  head.writeBigUInt64LE(52n, 32);
  for (const [at, value] of [
    [40, 1],
    [48, 2],
    [52, 2],
    [56, 2_822_400],
    [60, 1],
    [72, 4096],
  ] as const) {
    head.writeUInt32LE(value, at);
  }
  head.writeBigUInt64LE(BigInt(4096 * 8 * blocks), 64);
  head.write('data', 80);
  head.writeBigUInt64LE(BigInt(12 + samples.length), 84);
  return Buffer.concat([head, samples]);
}

/** A JPEG that has a header of this size and nothing else, padded to `bytes`. */
export function jpeg(width: number, height: number, bytes = 200): Buffer {
  const image = Buffer.alloc(bytes, 0x11);
  image.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  image.set([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3], 20);
  image.set([0xff, 0xd9], bytes - 2);
  return image;
}
