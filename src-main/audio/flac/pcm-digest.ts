import { createHash } from 'node:crypto';

const PENDING_BYTES = 1 << 18;

/**
 * MD5 of decoded audio as STREAMINFO defines it: samples interleaved, little-endian, sign-extended to whole
 * bytes (RFC 9639 §8.2). Hashes in steps of {@link PENDING_BYTES}, so that a call of the digest is rare.
 */
export class PcmDigest {
  readonly #hash = createHash('md5');
  readonly #bytes = Buffer.alloc(PENDING_BYTES);
  readonly #halves = new Uint16Array(this.#bytes.buffer, this.#bytes.byteOffset, PENDING_BYTES / 2);
  readonly #words = new Int32Array(this.#bytes.buffer, this.#bytes.byteOffset, PENDING_BYTES / 4);
  readonly #sampleBytes: number;
  #length = 0;

  constructor(bitDepth: number) {
    this.#sampleBytes = Math.ceil(bitDepth / 8);
  }

  /** Adds `count` samples of each channel. */
  add(channels: readonly Int32Array[], count: number): void {
    const stride = channels.length * this.#sampleBytes;
    const [left, right] = channels;
    for (let done = 0; done < count; ) {
      let take = Math.min(count - done, Math.floor((PENDING_BYTES - this.#length) / stride));
      if (take === 0) {
        this.#flush();
        take = Math.min(count - done, Math.floor(PENDING_BYTES / stride));
      }
      if (
        channels.length === 2 &&
        left !== undefined &&
        right !== undefined &&
        this.#sampleBytes === 2
      ) {
        packPairs16(this.#words, this.#length / 4, left, right, done, take);
      } else if (
        channels.length === 2 &&
        left !== undefined &&
        right !== undefined &&
        this.#sampleBytes === 3
      ) {
        packPairs24(this.#halves, this.#length / 2, left, right, done, take);
      } else this.#pack(channels, done, take);
      this.#length += take * stride;
      done += take;
    }
  }

  /** The digest, lower-case hex; nothing may be added afterwards. */
  hex(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #flush(): void {
    this.#hash.update(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }

  #pack(channels: readonly Int32Array[], from: number, count: number): void {
    let at = this.#length;
    for (let index = from; index < from + count; index++) {
      for (const samples of channels) {
        let sample = samples[index] as number;
        for (let byte = 0; byte < this.#sampleBytes; byte++) {
          this.#bytes[at++] = sample;
          sample >>= 8;
        }
      }
    }
  }
}

/** One 32-bit store a pair; relies on a little-endian machine, as all of Crateful's targets are. */
function packPairs16(
  words: Int32Array,
  at: number,
  left: Int32Array,
  right: Int32Array,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    words[at + i] = ((left[from + i] as number) & 0xffff) | ((right[from + i] as number) << 16);
  }
}

/** Three 16-bit stores a pair. */
function packPairs24(
  halves: Uint16Array,
  at: number,
  left: Int32Array,
  right: Int32Array,
  from: number,
  count: number,
): void {
  let to = at;
  for (let i = from; i < from + count; i++) {
    const l = left[i] as number;
    const r = right[i] as number;
    halves[to] = l;
    halves[to + 1] = ((l >> 16) & 0xff) | (r << 8);
    halves[to + 2] = r >> 8;
    to += 3;
  }
}
