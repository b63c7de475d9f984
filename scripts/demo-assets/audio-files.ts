import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Mood } from './albums.ts';
import { dsf, pcm, synthesise } from './synth.ts';

/** What one audio file is to sound like and to carry. */
export interface AudioPlan {
  readonly file: string;
  readonly formatId: number;
  readonly mood: Mood;
  readonly seed: number;
  readonly seconds: number;
  /** Tags as `NAME=value`; none for a bare file. */
  readonly tags: readonly string[];
  /** Whether STREAMINFO's MD5 is left all zero, as Qobuz' files have it (qobuz-api §8). */
  readonly zeroMd5: boolean;
}

const PCM: Readonly<Record<number, { rateHz: number; bits: 16 | 24 }>> = {
  5: { rateHz: 44_100, bits: 16 },
  6: { rateHz: 44_100, bits: 16 },
  7: { rateHz: 96_000, bits: 24 },
  27: { rateHz: 192_000, bits: 24 },
};
/** Bits that carry signal: few, so that the files stay small. */
const SIGNAL_BITS = { 16: 14, 24: 12 };
const DSD64_HZ = 2_822_400;
/** Where the MD5 stands: `fLaC`, a block header, then STREAMINFO, whose last 16 bytes it is (RFC 9639 §8.2). */
const MD5_AT = 4 + 4 + 18;

/** Writes one file with `flac`, `lame` or the DSF writer. */
export function writeAudio(plan: AudioPlan): void {
  const format = PCM[plan.formatId];
  if (!format) {
    writeFileSync(
      plan.file,
      dsf(synthesise(plan.mood, plan.seed, plan.seconds, DSD64_HZ), DSD64_HZ),
    );
    return;
  }
  const { rateHz, bits } = format;
  const input = pcm(
    synthesise(plan.mood, plan.seed, plan.seconds, rateHz),
    bits,
    SIGNAL_BITS[bits],
  );
  if (plan.formatId === 5) {
    const names = ['--tt', '--ta', '--tl'];
    const tags = plan.tags
      .slice(0, 3)
      .flatMap((tag, index) => [names[index] ?? '', tag.slice(tag.indexOf('=') + 1)]);
    const id3 = tags.length > 0 ? ['--id3v2-only', '--id3v2-utf16', ...tags] : ['-t'];
    const raw = ['-r', '-s', '44.1', '--bitwidth', '16', '--signed', '--little-endian'];
    execFileSync(
      'lame',
      ['--silent', ...raw, '--cbr', '-b', '320', '--noreplaygain', ...id3, '-', plan.file],
      { input, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    return;
  }
  const raw = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2'];
  const shape = [`--bps=${bits}`, `--sample-rate=${rateHz}`];
  const search = bits === 16 ? ['-e', '-r', '8'] : [];
  const tags = plan.tags.map((tag) => `--tag=${tag}`);
  execFileSync(
    'flac',
    [
      '-8',
      ...search,
      '-s',
      '-f',
      '--no-seektable',
      '--padding=256',
      ...raw,
      ...shape,
      ...tags,
      '-o',
      plan.file,
      '-',
    ],
    { input },
  );
  if (plan.zeroMd5) {
    const bytes = readFileSync(plan.file);
    bytes.fill(0, MD5_AT, MD5_AT + 16);
    writeFileSync(plan.file, bytes);
  }
}
