import type { Mood } from './albums.ts';

/** Numbers in [0, 1) that are the same on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One piece of music: samples in [-1, 1] of an arpeggio over a soft bass note, as `mood` says. */
export function synthesise(
  mood: Mood,
  seed: number,
  seconds: number,
  rateHz: number,
): Float64Array {
  const random = seededRandom(seed);
  const samples = new Float64Array(Math.round(seconds * rateHz));
  const frequency = (note: number) => 440 * 2 ** ((note - 69) / 12);
  const strike = (at: number, note: number, level: number, decay: number) => {
    const first = Math.round(at * rateHz);
    for (let index = first; index < samples.length; index++) {
      const time = (index - first) / rateHz;
      const envelope = level * Math.min(1, time / 0.02) * Math.exp(-time / decay);
      const phase = 2 * Math.PI * frequency(note) * time;
      let value = 0;
      for (const [harmonic, amplitude] of mood.timbre.entries()) {
        value += amplitude * Math.sin(phase * (harmonic + 1));
      }
      samples[index] = (samples[index] ?? 0) + envelope * value;
    }
  };
  strike(0, mood.tonic - 12, 0.6, seconds);
  let step = Math.floor(random() * 3);
  for (let at = 0; at < seconds - 0.3; at += 1 / mood.notesPerSecond) {
    strike(at, mood.tonic + (mood.scale[step] ?? 0), 0.5, mood.decay);
    step = Math.max(0, Math.min(mood.scale.length - 1, step + Math.floor(random() * 5) - 2));
  }
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const fade = Math.round(0.25 * rateHz);
  return samples.map((sample, index) => {
    const tail = Math.min(1, (samples.length - index) / fade);
    return (0.5 * sample * tail) / peak;
  });
}

/**
 * Raw little-endian stereo PCM with equal channels. `steps` is how many bits of the depth carry signal:
 * fewer make smaller FLAC files.
 */
export function pcm(samples: Float64Array, bits: 16 | 24, steps: number): Buffer {
  const bytes = bits / 8;
  const data = Buffer.alloc(samples.length * 2 * bytes);
  const scale = 2 ** (steps - 1) - 1;
  for (const [index, sample] of samples.entries()) {
    const value = Math.round(sample * scale) * 2 ** (bits - steps);
    data.writeIntLE(value, index * 2 * bytes, bytes);
    data.writeIntLE(value, (index * 2 + 1) * bytes, bytes);
  }
  return data;
}

/**
 * A mono DSF file (Sony's DSF specification 1.01): a second-order sigma-delta stream in blocks of 4096 bytes
 * with the least significant bit first.
 */
export function dsf(samples: Float64Array, rateHz: number): Buffer {
  const block = 4096;
  const stream = Buffer.alloc(Math.ceil(samples.length / 8 / block) * block);
  let first = 0;
  let second = 0;
  for (const [index, sample] of samples.entries()) {
    const bit = second >= 0 ? 1 : -1;
    first += 0.5 * sample - bit;
    second += first - bit;
    if (bit > 0) {
      const at = index >> 3;
      stream[at] = (stream[at] ?? 0) | (1 << (index & 7));
    }
  }
  const header = Buffer.alloc(92);
  header.write('DSD ', 0);
  header.writeBigUInt64LE(28n, 4);
  header.writeBigUInt64LE(BigInt(92 + stream.length), 12);
  header.write('fmt ', 28);
  header.writeBigUInt64LE(52n, 32);
  header.writeUInt32LE(1, 40); // version
  header.writeUInt32LE(0, 44); // raw DSD
  header.writeUInt32LE(1, 48); // mono
  header.writeUInt32LE(1, 52); // channels
  header.writeUInt32LE(rateHz, 56);
  header.writeUInt32LE(1, 60); // bits per sample: least significant bit first
  header.writeBigUInt64LE(BigInt(samples.length), 64);
  header.writeUInt32LE(block, 72);
  header.write('data', 80);
  header.writeBigUInt64LE(BigInt(12 + stream.length), 84);
  return Buffer.concat([header, stream]);
}
