import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { ByteRange } from './audio-facts.ts';
import { classifyTail, containerOf } from './container.ts';
import { dsfTagOffset } from './dsf.ts';
import { rewriteFlac } from './flac/rewrite.ts';
import { mergeId3, readId3 } from './id3.ts';
import type { TaggedFile, TagRequest } from './pool.ts';
import { readAt } from './read-at.ts';
import { type FilePart, writeSecondFile } from './second-file.ts';

/** No picture block or frame holds more; a larger cover is not even read. */
const MAX_COVER_BYTES = 0xff_ffff;

/**
 * Makes the tagged second file of a proven one (architecture §4 step 5): FLAC comments or an ID3v2.4 tag,
 * the audio byte for byte. A container that cannot be tagged is copied as it is. Throws TAGGING_FAILED.
 */
export function tagFile(request: TagRequest): TaggedFile {
  const fd = openSync(request.from, 'r');
  try {
    const bytes = fstatSync(fd).size;
    const { sha256, bytes: written } = writeSecondFile(fd, request.to, partsOf(fd, bytes, request));
    return { sha256, bytes: written, audioHash: request.proof.audioHash };
  } finally {
    closeSync(fd);
  }
}

function partsOf(
  fd: number,
  bytes: number,
  { extension, tags, coverFile, proof }: TagRequest,
): FilePart[] {
  const container = containerOf(extension);
  const cover = readCover(coverFile);
  if (container === 'flac') return rewriteFlac(fd, bytes, proof, tags, cover);
  if (container === 'mp3') {
    const frames = readId3(fd, 0, bytes);
    const tail = { start: proof.audio.end, end: bytes };
    const keepsTail = classifyTail(fd, tail.start, tail.end) === 'tags';
    const parts: FilePart[] = [mergeId3(frames, tags, cover), proof.audio];
    return keepsTail ? [...parts, tail] : parts;
  }
  if (container === 'dsf') {
    const head = readAt(fd, 0, proof.audio.start);
    const frames = readId3(fd, dsfTagOffset(head) ?? bytes, bytes);
    const tag = mergeId3(frames, tags, cover);
    return [dsfHead(head, proof.audio, tag.length), proof.audio, tag];
  }
  return [{ start: 0, end: bytes }];
}

/** The DSF's header with the total size and the tag's place as they are in the second file. */
function dsfHead(head: Buffer, audio: ByteRange, tagBytes: number): Buffer {
  const patched = Buffer.from(head);
  patched.writeBigUInt64LE(BigInt(audio.end + tagBytes), 12);
  patched.writeBigUInt64LE(BigInt(audio.end), 20);
  return patched;
}

/** A cover that cannot be read is left out: a side file never fails its track (architecture §4). */
function readCover(file: string | null): Buffer | null {
  if (file === null) return null;
  try {
    return statSync(file).size > MAX_COVER_BYTES ? null : readFileSync(file);
  } catch {
    return null;
  }
}
