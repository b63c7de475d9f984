import { createHash } from 'node:crypto';

/** How one frame's subframes are coded; every way a decoder must know. */
export interface FrameStyle {
  readonly subframe: 'constant' | 'verbatim' | 'fixed' | 'lpc';
  /** Fixed 0–4, LPC 1–32. */
  readonly order?: number;
  /** LPC: signed numbers of `precision` bits. */
  readonly coefficients?: readonly number[];
  readonly precision?: number;
  readonly shift?: number;
  readonly coding?: 'independent' | 'left-side' | 'side-right' | 'mid-side';
  readonly partitionOrder?: number;
  /** Partitions are written as raw numbers behind the escape code. */
  readonly escape?: boolean;
  /** Rice parameter; chosen from the residual when left out. */
  readonly parameter?: number;
}

/** What to encode. */
export interface FlacSpec {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channels: readonly Int32Array[];
  readonly blockSize: number;
  /** The style of the frame with this index. */
  readonly style: (frame: number) => FrameStyle;
  /** Block sizes that vary make the headers count samples. */
  readonly blockSizes?: readonly number[];
  /** Default: the right one. */
  readonly md5?: 'right' | 'unset' | 'wrong';
  readonly totalSamples?: number;
  /** Metadata blocks between STREAMINFO and the frames. */
  readonly blocks?: readonly { readonly type: number; readonly body: Buffer }[];
  readonly firstFrameNumber?: number;
}

/** An encoded FLAC with its pieces apart, so that a test can drop, repeat or bend one of them. */
export interface EncodedFlac {
  readonly head: Buffer;
  readonly frames: readonly Buffer[];
  readonly file: Buffer;
  readonly md5: string;
}

/** Bits in, bytes out; most significant first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #current = 0;

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#current = (this.#current << 1) | (Math.floor(value / 2 ** bit) & 1);
      if (++this.#bits === 8) {
        this.#bytes.push(this.#current);
        this.#bits = 0;
        this.#current = 0;
      }
    }
  }

  signed(value: number, count: number): void {
    this.write(value < 0 ? value + 2 ** count : value, count);
  }

  unary(zeros: number): void {
    for (let index = 0; index < zeros; index++) this.write(0, 1);
    this.write(1, 1);
  }

  align(): void {
    while (this.#bits !== 0) this.write(0, 1);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

/** A plain, slow encoder after RFC 9639, written apart from the decoder it tests. */
export function encodeFlac(spec: FlacSpec): EncodedFlac {
  const total = spec.channels[0]?.length ?? 0;
  const frames: Buffer[] = [];
  const sizes: number[] = [];
  for (let done = 0, index = 0; done < total; index++) {
    const size = Math.min(
      spec.blockSizes?.[index % spec.blockSizes.length] ?? spec.blockSize,
      total - done,
    );
    const number = spec.blockSizes ? done : index + (spec.firstFrameNumber ?? 0);
    const part = spec.channels.map((channel) => channel.subarray(done, done + size));
    frames.push(encodeFrame(spec, part, number, spec.style(index)));
    sizes.push(size);
    done += size;
  }
  const md5 = createHash('md5').update(pcmBytes(spec.channels, spec.bitDepth)).digest('hex');
  const info = Buffer.alloc(34);
  info.writeUInt16BE(spec.blockSizes ? Math.min(...sizes) : spec.blockSize, 0);
  info.writeUInt16BE(spec.blockSizes ? Math.max(...sizes) : spec.blockSize, 2);
  info.writeUIntBE(Math.min(...frames.map((frame) => frame.length)), 4, 3);
  info.writeUIntBE(Math.max(...frames.map((frame) => frame.length)), 7, 3);
  const stated = spec.totalSamples ?? total;
  const packed =
    (BigInt(spec.sampleRate) << 44n) |
    (BigInt(spec.channels.length - 1) << 41n) |
    (BigInt(spec.bitDepth - 1) << 36n) |
    BigInt(stated);
  info.writeBigUInt64BE(packed, 10);
  if (spec.md5 === 'wrong') info.fill(0x5a, 18);
  else if (spec.md5 !== 'unset') info.write(md5, 18, 'hex');
  const blocks = [{ type: 0, body: info }, ...(spec.blocks ?? [])];
  const head = Buffer.concat([
    Buffer.from('fLaC'),
    ...blocks.flatMap(({ type, body }, index) => {
      const start = Buffer.alloc(4);
      start.writeUInt32BE(type * 2 ** 24 + body.length);
      if (index === blocks.length - 1) start.writeUInt8(type | 0x80);
      return [start, body];
    }),
  ]);
  return { head, frames, file: Buffer.concat([head, ...frames]), md5 };
}

/** Interleaved little-endian samples, as STREAMINFO's MD5 wants them. */
export function pcmBytes(channels: readonly Int32Array[], bitDepth: number): Buffer {
  const bytes = Math.ceil(bitDepth / 8);
  const count = channels[0]?.length ?? 0;
  const pcm = Buffer.alloc(count * channels.length * bytes);
  let at = 0;
  for (let index = 0; index < count; index++) {
    for (const channel of channels) at = pcm.writeIntLE(channel[index] ?? 0, at, bytes);
  }
  return pcm;
}

function encodeFrame(
  spec: FlacSpec,
  part: Int32Array[],
  number: number,
  style: FrameStyle,
): Buffer {
  const coding = style.coding ?? 'independent';
  const size = part[0]?.length ?? 0;
  const writer = new BitWriter();
  writer.write(0x7ffc, 15);
  writer.write(spec.blockSizes ? 1 : 0, 1);
  writer.write(7, 4);
  writer.write(0, 4);
  const codes = { 'left-side': 8, 'side-right': 9, 'mid-side': 10, independent: part.length - 1 };
  writer.write(codes[coding], 4);
  writer.write({ 8: 1, 12: 2, 16: 4, 20: 5, 24: 6 }[spec.bitDepth] ?? 0, 3);
  writer.write(0, 1);
  writeNumber(writer, number);
  writer.write(size - 1, 16);
  writer.write(crc(writer.toBuffer(), 8, 0x07), 8);

  let coded = part;
  const [left, right] = part;
  if (coding !== 'independent' && left && right) {
    const side = left.map((value, index) => value - (right[index] ?? 0));
    const mid = left.map((value, index) => (value + (right[index] ?? 0)) >> 1);
    coded = { 'left-side': [left, side], 'side-right': [side, right], 'mid-side': [mid, side] }[
      coding
    ];
  }
  coded.forEach((samples, channel) => {
    const isSide = coding !== 'independent' && channel === (coding === 'side-right' ? 0 : 1);
    encodeSubframe(writer, samples, spec.bitDepth + (isSide ? 1 : 0), style);
  });
  writer.align();
  writer.write(crc(writer.toBuffer(), 16, 0x8005), 16);
  return writer.toBuffer();
}

/** Up to 36 bits in the coding of UTF-8. */
function writeNumber(writer: BitWriter, number: number): void {
  if (number < 0x80) {
    writer.write(number, 8);
    return;
  }
  let more = 1;
  while (number >= 2 ** (6 * more + (6 - more))) more++;
  writer.write(2 ** (more + 2) - 2, more + 2);
  // The lead byte's remaining bits hold the number's top.
  writer.write(Math.floor(number / 64 ** more), 6 - more);
  for (let index = more - 1; index >= 0; index--) {
    writer.write(0x80 | (Math.floor(number / 64 ** index) & 0x3f), 8);
  }
}

function encodeSubframe(
  writer: BitWriter,
  source: Int32Array,
  depth: number,
  style: FrameStyle,
): void {
  let wasted = 0;
  if (source.some((value) => value !== 0)) {
    while (wasted < depth - 1 && source.every((value) => ((value >> wasted) & 1) === 0)) wasted++;
  }
  const samples = source.map((value) => value >> wasted);
  const bits = depth - wasted;
  const isConstant = samples.every((value) => value === samples[0]);
  const kind = style.subframe === 'constant' && !isConstant ? 'verbatim' : style.subframe;
  const order = Math.min(style.order ?? 0, samples.length);
  const usable = kind === 'lpc' && order === 0 ? 'verbatim' : kind;
  const types = { constant: 0, verbatim: 1, fixed: 8 + order, lpc: 31 + order };
  writer.write(0, 1);
  writer.write(types[usable], 6);
  writer.write(wasted > 0 ? 1 : 0, 1);
  if (wasted > 0) writer.unary(wasted - 1);
  if (usable === 'constant') {
    writer.signed(samples[0] ?? 0, bits);
    return;
  }
  if (usable === 'verbatim') {
    for (const sample of samples) writer.signed(sample, bits);
    return;
  }
  for (const sample of samples.subarray(0, order)) writer.signed(sample, bits);
  const fixed = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]][order] ?? [];
  const coefficients = usable === 'fixed' ? fixed : (style.coefficients ?? []).slice(0, order);
  const shift = usable === 'fixed' ? 0 : (style.shift ?? 0);
  if (usable === 'lpc') {
    writer.write((style.precision ?? 1) - 1, 4);
    writer.signed(shift, 5);
    for (const coefficient of coefficients) writer.signed(coefficient, style.precision ?? 1);
  }
  const residual: number[] = [];
  for (let index = order; index < samples.length; index++) {
    const sum = coefficients.reduce(
      (total, coefficient, tap) =>
        total + BigInt(coefficient) * BigInt(samples[index - 1 - tap] ?? 0),
      0n,
    );
    residual.push((samples[index] ?? 0) - Number(sum >> BigInt(shift)));
  }
  encodeResidual(writer, residual, samples.length, order, style);
}

function encodeResidual(
  writer: BitWriter,
  residual: number[],
  size: number,
  order: number,
  style: FrameStyle,
): void {
  let partitionOrder = style.partitionOrder ?? 0;
  while (size % 2 ** partitionOrder !== 0 || size / 2 ** partitionOrder < order) partitionOrder--;
  const folded = residual.map((value) => (value < 0 ? -2 * value - 1 : 2 * value));
  const largest = folded.reduce((most, value) => Math.max(most, value), 0);
  const fitting = Math.max(0, Math.ceil(Math.log2(largest + 1)) - 3);
  const parameter = Math.min(30, Math.max(style.parameter ?? fitting, fitting - 6));
  const method = parameter > 14 ? 1 : 0;
  writer.write(method, 2);
  writer.write(partitionOrder, 4);
  let next = 0;
  for (let partition = 0; partition < 2 ** partitionOrder; partition++) {
    const count = size / 2 ** partitionOrder - (partition === 0 ? order : 0);
    const values = residual.slice(next, next + count);
    if (style.escape) {
      const bits = Math.max(0, ...values.map((value) => (value === 0 ? 0 : 1 + bitsOf(value))));
      writer.write(method === 0 ? 15 : 31, 4 + method);
      writer.write(bits, 5);
      for (const value of values) writer.signed(value, bits);
    } else {
      writer.write(parameter, 4 + method);
      for (const value of folded.slice(next, next + count)) {
        writer.unary(Math.floor(value / 2 ** parameter));
        writer.write(value % 2 ** parameter, parameter);
      }
    }
    next += count;
  }
}

/** Bits a number needs without its sign. */
const bitsOf = (value: number): number => Math.ceil(Math.log2(value < 0 ? -value : value + 1));

/** Bit by bit, as the standards describe it. */
function crc(bytes: Buffer, width: 8 | 16, polynomial: number): number {
  let value = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = ((value >>> (width - 1)) ^ (byte >>> bit)) & 1;
      value = ((value << 1) & (2 ** width - 1)) ^ (out ? polynomial : 0);
    }
  }
  return value;
}

/** A deterministic signal: two tones and a little noise, different in each channel. */
export function testSignal(length: number, channels: number, bitDepth: number): Int32Array[] {
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return seed / 2 ** 31;
  };
  const peak = 2 ** (bitDepth - 1) - 1;
  return Array.from({ length: channels }, (_, channel) =>
    Int32Array.from({ length }, (_unused, index) => {
      const tone = 0.4 * Math.sin(index / 17) + 0.2 * Math.sin((index * (channel + 3)) / 41);
      return Math.round((tone + 0.01 * noise()) * peak);
    }),
  );
}
