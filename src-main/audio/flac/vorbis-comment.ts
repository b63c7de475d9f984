import type { TagSet } from '../tags.ts';

/** One comment as it stands in the block: `NAME=value`, kept as bytes so that an odd encoding survives. */
export interface VorbisComments {
  readonly vendor: Buffer;
  readonly entries: readonly Buffer[];
}

/** Other names the same fields go by; when ours is written, these would contradict it. */
const ALIASES: Readonly<Record<string, string>> = {
  'ALBUM ARTIST': 'ALBUMARTIST',
  TOTALTRACKS: 'TRACKTOTAL',
  TOTALDISCS: 'DISCTOTAL',
  ORGANIZATION: 'LABEL',
};

/** Comments of a new block; the vendor names who wrote the tags, as no encoder is known. */
export const noComments = (): VorbisComments => ({ vendor: Buffer.from('Crateful'), entries: [] });

/** Reads a Vorbis comment block's body (RFC 9639 §8.6); null when its lengths do not fit. */
export function parseVorbisComments(body: Buffer): VorbisComments | null {
  let at = 0;
  const take = (): Buffer | null => {
    if (at + 4 > body.length) return null;
    const length = body.readUInt32LE(at);
    at += 4 + length;
    return at > body.length ? null : body.subarray(at - length, at);
  };
  const vendor = take();
  if (vendor === null || at + 4 > body.length) return null;
  const count = body.readUInt32LE(at);
  at += 4;
  const entries: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const entry = take();
    if (entry === null) return null;
    entries.push(entry);
  }
  return { vendor, entries };
}

/** The values of one field. */
export function valuesOf(comments: VorbisComments, name: string): string[] {
  return comments.entries
    .filter((entry) => nameOf(entry) === name)
    .map((entry) => entry.toString('utf8', entry.indexOf('=') + 1));
}

/** The block's body with `tags` in place of the fields they name; all other comments stay as they are. */
export function mergeVorbisComments(existing: VorbisComments, tags: TagSet): Buffer {
  const kept = existing.entries.filter((entry) => {
    const name = nameOf(entry);
    return !(name in tags) && !((ALIASES[name] ?? name) in tags);
  });
  const ours = Object.entries(tags).flatMap(([name, values]) =>
    values.map((value) => Buffer.from(`${name}=${value}`)),
  );
  const entries = [...ours, ...kept];
  const parts = [withLength(existing.vendor), uint32(entries.length), ...entries.map(withLength)];
  return Buffer.concat(parts);
}

const nameOf = (entry: Buffer): string => {
  const end = entry.indexOf('=');
  return end < 0 ? '' : entry.toString('latin1', 0, end).toUpperCase();
};

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const withLength = (bytes: Buffer): Buffer => Buffer.concat([uint32(bytes.length), bytes]);
