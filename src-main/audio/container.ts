import { readAt } from './read-at.ts';

/** What a file's first bytes say it is. */
export type Container =
  | 'flac'
  | 'mp3'
  | 'dsf'
  | 'dff'
  | 'wav'
  | 'aiff'
  | 'mp4'
  | 'ogg'
  | 'html'
  | 'xml'
  | 'json'
  | 'image'
  | 'pdf'
  | 'zip'
  | 'text'
  | 'zeros'
  | 'empty'
  | 'unknown';

const AUDIO: ReadonlySet<Container> = new Set([
  'flac',
  'mp3',
  'dsf',
  'dff',
  'wav',
  'aiff',
  'mp4',
  'ogg',
]);

/** Whether a container holds audio at all. */
export const isAudio = (container: Container): boolean => AUDIO.has(container);

/** The container that belongs to a file extension; undefined for one this project does not know. */
export const containerOf = (extension: string): Container | undefined =>
  (
    ({
      flac: 'flac',
      mp3: 'mp3',
      dsf: 'dsf',
      dff: 'dff',
      wav: 'wav',
      aif: 'aiff',
      aiff: 'aiff',
      m4a: 'mp4',
      mp4: 'mp4',
      ogg: 'ogg',
      oga: 'ogg',
      opus: 'ogg',
    }) as Partial<Record<string, Container>>
  )[extension.toLowerCase()];

/** Recognises a file by its first bytes, behind any ID3v2 tag; extensions and MIME types are not asked. */
export function recognise(fd: number, fileBytes: number): Container {
  if (fileBytes === 0) return 'empty';
  const prefix = id3v2Length(fd, 0, fileBytes);
  const container = recogniseBytes(readAt(fd, prefix, 512));
  // An ID3 tag and then something unclear is an MP3 with padding or damage behind its tag.
  return prefix > 0 && !isAudio(container) ? 'mp3' : container;
}

function recogniseBytes(head: Buffer): Container {
  const text = (start: number, end: number): string => head.toString('latin1', start, end);
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 4) === 'DSD ') return 'dsf';
  if (text(0, 4) === 'FRM8') return 'dff';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 4) === 'FORM' && text(8, 11) === 'AIF') return 'aiff';
  if (text(4, 8) === 'ftyp') return 'mp4';
  if (text(0, 4) === '%PDF') return 'pdf';
  if (text(0, 4) === 'PK\x03\x04') return 'zip';
  if (text(1, 4) === 'PNG' || text(0, 3) === '\xff\xd8\xff' || text(0, 3) === 'GIF') return 'image';
  // MPEG audio sync, layer III, with a bitrate and a rate that exist.
  const [a = 0, b = 0, c = 0] = head;
  const isLayer3 = a === 0xff && (b & 0xe6) === 0xe2 && (b & 0x18) !== 0x08;
  if (isLayer3 && c >>> 4 !== 0 && c >>> 4 !== 15 && (c & 0x0c) !== 0x0c) return 'mp3';
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) return 'html';
  if (start.startsWith('<')) return 'xml';
  if (/^[{[]/.test(start)) return 'json';
  if (head.every((byte) => byte === 0)) return 'zeros';
  if (head.every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13))) return 'text';
  return 'unknown';
}

/** Bytes of the ID3v2 tags at `offset`, one after another, footers included; 0 when there is none. */
export function id3v2Length(fd: number, offset: number, fileBytes: number): number {
  let length = 0;
  while (offset + length + 10 <= fileBytes) {
    const head = readAt(fd, offset + length, 10);
    if (head.toString('latin1', 0, 3) !== 'ID3' || head.readUInt8(3) === 0xff) break;
    const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    const footer = (head.readUInt8(5) & 0x10) === 0 ? 0 : 10;
    length += 10 + size + footer;
  }
  return Math.min(length, fileBytes - offset);
}

/** What may stand behind the last audio frame without anything being wrong. */
export type Tail = 'none' | 'tags' | 'zeros' | 'unknown';

/** Classifies the bytes `[from, to)` behind the last frame: ID3v1, APEv2 and Lyrics3 tags, zeros, or neither. */
export function classifyTail(fd: number, from: number, to: number): Tail {
  let end = to;
  let tags = false;
  for (let before = -1; before !== end; ) {
    before = end;
    end -= trailingTagLength(fd, from, end);
    tags ||= end < before;
  }
  if (end === from) return tags ? 'tags' : 'none';
  for (let offset = from; offset < end; ) {
    const chunk = readAt(fd, offset, Math.min(65_536, end - offset));
    if (chunk.length === 0 || chunk.some((byte) => byte !== 0)) return 'unknown';
    offset += chunk.length;
  }
  return 'zeros';
}

/** Bytes of the tag that ends at `end`, not reaching before `from`; 0 when there is none. */
function trailingTagLength(fd: number, from: number, end: number): number {
  const fits = (length: number): number => (length <= end - from ? length : 0);
  if (end - from >= 128 && readAt(fd, end - 128, 3).toString('latin1') === 'TAG') return 128;
  if (end - from < 32) return 0;
  const foot = readAt(fd, end - 32, 32);
  if (foot.toString('latin1', 0, 8) === 'APETAGEX') {
    const hasHeader = (foot.readUInt32LE(20) & 0x8000_0000) !== 0;
    return fits(foot.readUInt32LE(12) + (hasHeader ? 32 : 0));
  }
  const lyrics = foot.subarray(17).toString('latin1');
  if (/^\d{6}LYRICS200$/.test(lyrics)) return fits(Number(lyrics.slice(0, 6)) + 15);
  return 0;
}
