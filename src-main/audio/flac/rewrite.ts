import { CratefulError } from '../../errors.ts';
import type { AudioFacts } from '../audio-facts.ts';
import { readImage } from '../image.ts';
import { readAt } from '../read-at.ts';
import type { FilePart } from '../second-file.ts';
import type { TagSet } from '../tags.ts';
import {
  BLOCK,
  fillStreamInfo,
  MAX_BLOCK_BYTES,
  type MetadataBlock,
  readLayout,
} from './stream-info.ts';
import { mergeVorbisComments, noComments, parseVorbisComments } from './vorbis-comment.ts';

/** Room for later small edits of the tags without copying the file. */
const PADDING_BYTES = 8192;
/** The picture type of a front cover (RFC 9639 §8.8, table 13). */
const FRONT_COVER = 3;

/**
 * The pieces of a FLAC's tagged copy: its frames unchanged, STREAMINFO with the proven MD5 and sample count,
 * comments merged with `tags`, `cover` as front cover, every other block (seek table, application, cue sheet,
 * other pictures, unknown types) as it is. An ID3 prefix and what follows the last frame are left behind.
 * A cover that is no JPEG or PNG or too large for a block is left out. Throws TAGGING_FAILED when the
 * comments do not fit into a block.
 */
export function rewriteFlac(
  fd: number,
  fileBytes: number,
  proof: AudioFacts,
  tags: TagSet,
  cover: Buffer | null,
): FilePart[] {
  const layout = readLayout(fd, fileBytes);
  const picture = cover === null ? null : pictureBody(cover);
  const bodyOf = (block: MetadataBlock): Buffer => readAt(fd, block.offset, block.length);
  const comments = layout.blocks.find((block) => block.type === BLOCK.vorbisComment);
  const existing = comments === undefined ? null : parseVorbisComments(bodyOf(comments));
  const merged = mergeVorbisComments(existing ?? noComments(), tags);
  if (merged.length > MAX_BLOCK_BYTES) {
    throw new CratefulError('TAGGING_FAILED', { reason: 'comments-too-large' });
  }

  const blocks: [type: number, body: Buffer][] = [];
  for (const block of layout.blocks) {
    if (block.type === BLOCK.streamInfo) {
      const md5 = proof.audioHash.kind === 'flac-pcm-md5' ? proof.audioHash.value : null;
      blocks.push([block.type, fillStreamInfo(bodyOf(block), md5, proof.totalSamples)]);
      blocks.push([BLOCK.vorbisComment, merged]);
      if (picture !== null) blocks.push([BLOCK.picture, picture]);
    } else if (block.type === BLOCK.vorbisComment || block.type === BLOCK.padding) {
    } else if (block.type === BLOCK.picture) {
      const body = bodyOf(block);
      const isFront = body.length >= 4 && body.readUInt32BE(0) === FRONT_COVER;
      if (picture === null || !isFront) blocks.push([block.type, body]);
    } else blocks.push([block.type, bodyOf(block)]);
  }
  blocks.push([BLOCK.padding, Buffer.alloc(PADDING_BYTES)]);
  const head = blocks.flatMap(([type, body], index) => [
    blockHead(type, body.length, index === blocks.length - 1),
    body,
  ]);
  return [Buffer.concat([Buffer.from('fLaC'), ...head]), proof.audio];
}

function blockHead(type: number, length: number, isLast: boolean): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type * 2 ** 24 + length);
  if (isLast) head.writeUInt8(type | 0x80);
  return head;
}

/** A picture block's body (RFC 9639 §8.8); null when the image cannot stand in one. */
function pictureBody(image: Buffer): Buffer | null {
  const facts = readImage(image);
  if (facts === null) return null;
  const mimeType = Buffer.from(facts.mimeType);
  const numbers = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
    return bytes;
  };
  const body = Buffer.concat([
    numbers(FRONT_COVER, mimeType.length),
    mimeType,
    // No description; no palette.
    numbers(0, facts.width, facts.height, facts.bitsPerPixel, 0, image.length),
    image,
  ]);
  return body.length > MAX_BLOCK_BYTES ? null : body;
}
