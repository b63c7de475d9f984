import { id3v2Length } from './container.ts';
import { readImage } from './image.ts';
import { readAt } from './read-at.ts';
import type { TagSet } from './tags.ts';

/** One frame of an ID3v2 tag: its four-letter id and its body without compression or the like. */
export interface Id3Frame {
  readonly id: string;
  readonly body: Buffer;
}

/** Room for later small edits of the tags. */
const PADDING_BYTES = 2048;
/** A tag's size field has 28 bits; covers beyond this are left out long before. */
const MAX_COVER_BYTES = 16 * 1024 * 1024;
/** What is read of an existing tag, whatever length it states. */
const MAX_TAG_BYTES = 32 * 1024 * 1024;
const FRONT_COVER = 3;
const UTF8 = 3;

/** Frames for our fields; every other field becomes a `TXXX` frame with its name. */
const FRAMES: Readonly<Record<string, string>> = {
  TITLE: 'TIT2',
  ARTIST: 'TPE1',
  ALBUM: 'TALB',
  ALBUMARTIST: 'TPE2',
  TRACKNUMBER: 'TRCK',
  DISCNUMBER: 'TPOS',
  DATE: 'TDRC',
  GENRE: 'TCON',
  LABEL: 'TPUB',
  COMPOSER: 'TCOM',
  WORK: 'TIT1',
  ISRC: 'TSRC',
  COPYRIGHT: 'TCOP',
};
/** Said by another frame already: the totals stand in TRCK and TPOS, the year in TDRC, the UPC in BARCODE. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['TRACKTOTAL', 'DISCTOTAL', 'YEAR', 'UPC']);
/** ID3v2.3 frames that TDRC replaced (ID3v2.4 changes §3). */
const OLD_DATES: ReadonlySet<string> = new Set(['TYER', 'TDAT', 'TIME', 'TRDA']);

/**
 * Reads the frames of an ID3v2.3 or 2.4 tag that starts at `tag[0]`, undoing unsynchronisation. Compressed
 * and encrypted frames are left out, as is everything of an older version or behind an impossible length.
 */
export function parseId3(tag: Buffer): Id3Frame[] {
  if (tag.length < 10 || tag.toString('latin1', 0, 3) !== 'ID3') return [];
  const version = tag.readUInt8(3);
  const flags = tag.readUInt8(5);
  if (version !== 3 && version !== 4) return [];
  let body = tag.subarray(10, 10 + synchsafe(tag, 6));
  if (version === 3 && (flags & 0x80) !== 0) body = resynchronise(body);
  let at = 0;
  if ((flags & 0x40) !== 0 && body.length >= 4) {
    at = version === 4 ? synchsafe(body, 0) : body.readUInt32BE(0) + 4;
  }
  const frames: Id3Frame[] = [];
  while (at + 10 <= body.length) {
    const id = body.toString('latin1', at, at + 4);
    const size = version === 4 ? synchsafe(body, at + 4) : body.readUInt32BE(at + 4);
    const format = body.readUInt8(at + 9);
    const end = at + 10 + size;
    if (!/^[A-Z0-9]{4}$/.test(id) || end > body.length) break;
    const content = contentOf(body.subarray(at + 10, end), version, format);
    if (content !== null) frames.push({ id, body: content });
    at = end;
  }
  return frames;
}

/** The frames of the tag at a file offset; none when there is no tag. */
export function readId3(fd: number, offset: number, fileBytes: number): Id3Frame[] {
  const length = Math.min(id3v2Length(fd, offset, fileBytes), MAX_TAG_BYTES);
  return parseId3(readAt(fd, offset, length));
}

function contentOf(body: Buffer, version: number, format: number): Buffer | null {
  if (version === 3) {
    if ((format & 0xc0) !== 0) return null;
    return (format & 0x20) === 0 ? body : body.subarray(1);
  }
  if ((format & 0x0c) !== 0) return null;
  const extra = ((format & 0x40) === 0 ? 0 : 1) + ((format & 0x01) === 0 ? 0 : 4);
  const content = body.subarray(extra);
  return (format & 0x02) === 0 ? content : resynchronise(content);
}

/** A whole ID3v2.4 tag: `tags` and `cover` in place of the frames they name, all other frames as they are. */
export function mergeId3(
  existing: readonly Id3Frame[],
  tags: TagSet,
  cover: Buffer | null,
): Buffer {
  const ours = framesOf(tags);
  const image = cover === null || cover.length > MAX_COVER_BYTES ? null : readImage(cover);
  if (cover !== null && image !== null) {
    const head = Buffer.from(
      `\x00${image.mimeType}\x00${String.fromCharCode(FRONT_COVER)}\x00`,
      'latin1',
    );
    ours.push({ id: 'APIC', body: Buffer.concat([head, cover]) });
  }
  const replaced = new Set(ours.map(keyOf));
  const hasDate = replaced.has('TDRC');
  const kept = existing.filter(
    (frame) => !replaced.has(keyOf(frame)) && !(hasDate && OLD_DATES.has(frame.id)),
  );
  const body = Buffer.concat([
    ...[...ours, ...kept].flatMap((frame) => [frameHead(frame), frame.body]),
    Buffer.alloc(PADDING_BYTES),
  ]);
  const head = Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1');
  writeSynchsafe(head, 6, body.length);
  return Buffer.concat([head, body]);
}

/** The values of a `TXXX` frame with this description. */
export function userText(frames: readonly Id3Frame[], description: string): string[] {
  const frame = frames.find(({ id, body }) => id === 'TXXX' && textOf(body)[0] === description);
  return frame === undefined ? [] : textOf(frame.body).slice(1);
}

function framesOf(tags: TagSet): Id3Frame[] {
  const frames: Id3Frame[] = [];
  for (const [name, values] of Object.entries(tags)) {
    if (SAID_ELSEWHERE.has(name)) continue;
    const id = FRAMES[name];
    const total = tags[name === 'TRACKNUMBER' ? 'TRACKTOTAL' : 'DISCTOTAL']?.[0];
    if (id === undefined) frames.push({ id: 'TXXX', body: textBody([name, ...values]) });
    else if ((id === 'TRCK' || id === 'TPOS') && total !== undefined) {
      frames.push({ id, body: textBody([`${values[0]}/${total}`]) });
    } else frames.push({ id, body: textBody(values) });
  }
  return frames;
}

/** What makes two frames the same field: the id, and for some kinds what their body says first. */
function keyOf(frame: Id3Frame): string {
  if (frame.id === 'TXXX') return `TXXX:${textOf(frame.body)[0]?.toUpperCase() ?? ''}`;
  if (frame.id !== 'APIC') return frame.id;
  const type = frame.body.indexOf(0, 1) + 1;
  return `APIC:${type === 0 ? '' : frame.body[type]}`;
}

/** Several values are separated by a zero (ID3v2.4 structure §4.2). */
const textBody = (values: readonly string[]): Buffer =>
  Buffer.concat([Buffer.from([UTF8]), Buffer.from(values.join('\0'))]);

function textOf(body: Buffer): string[] {
  const encoding = body[0];
  const bytes = body.subarray(1);
  if (encoding === 0) return bytes.toString('latin1').split('\0');
  if (encoding === UTF8) return bytes.toString('utf8').split('\0');
  const decoder = new TextDecoder(encoding === 2 ? 'utf-16be' : 'utf-16le');
  const isSwapped = encoding === 1 && bytes[0] === 0xfe && bytes[1] === 0xff;
  const text = isSwapped ? new TextDecoder('utf-16be').decode(bytes) : decoder.decode(bytes);
  // Each value may begin with a byte order mark of its own.
  return text.split('\0').map((value) => value.replace(/^\uFEFF/, ''));
}

function frameHead(frame: Id3Frame): Buffer {
  const head = Buffer.alloc(10);
  head.write(frame.id, 0, 'latin1');
  writeSynchsafe(head, 4, frame.body.length);
  return head;
}

/** Removes the zeros put behind 0xFF so that no sync code appears in a tag (ID3v2.4 structure §6.1). */
function resynchronise(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte, index) => byte !== 0 || bytes[index - 1] !== 0xff));
}

const synchsafe = (bytes: Buffer, at: number): number =>
  bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);

function writeSynchsafe(bytes: Buffer, at: number, value: number): void {
  for (let index = 0; index < 4; index++) {
    bytes.writeUInt8((value >>> (7 * (3 - index))) & 0x7f, at + index);
  }
}
