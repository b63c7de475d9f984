import { CratefulError } from '../../errors.ts';
import { id3v2Length } from '../container.ts';
import { readAt } from '../read-at.ts';

/** STREAMINFO, the facts a FLAC states of itself (RFC 9639 §8.2). */
export interface StreamInfo {
  /** Samples per channel in the longest frame. */
  readonly maxBlockSize: number;
  /** Bytes; 0 when unknown. */
  readonly maxFrameBytes: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth: number;
  /** Per channel; 0 when unknown. */
  readonly totalSamples: number;
  /** Lower-case hex of the decoded audio's MD5; null when unset, as it often is in Qobuz' files (traps §1 S10). */
  readonly md5: string | null;
}

/** Where one metadata block's body stands. */
export interface MetadataBlock {
  readonly type: number;
  /** File offset of the body. */
  readonly offset: number;
  /** Bytes of the body. */
  readonly length: number;
}

/** Block types this project touches (RFC 9639 §8.1). */
export const BLOCK = { streamInfo: 0, padding: 1, vorbisComment: 4, picture: 6 } as const;

/** A metadata block's length field has 24 bits. */
export const MAX_BLOCK_BYTES = 0xff_ffff;

/** Everything before the first frame. */
export interface FlacLayout {
  /** Bytes of an ID3v2 tag in front of `fLaC`, which does not belong there and is dropped when rewriting. */
  readonly prefixBytes: number;
  readonly streamInfo: StreamInfo;
  readonly blocks: readonly MetadataBlock[];
  /** File offset of the first frame. */
  readonly audioOffset: number;
}

const damaged = (reason: string): CratefulError => new CratefulError('AUDIO_DAMAGED', { reason });

/**
 * Reads the metadata blocks' places and STREAMINFO of a file that was recognised as FLAC.
 * Throws AUDIO_DAMAGED when blocks run past the file or STREAMINFO is missing or impossible.
 */
export function readLayout(fd: number, fileBytes: number): FlacLayout {
  const prefixBytes = id3v2Length(fd, 0, fileBytes);
  const header = readAt(fd, prefixBytes, 4);
  if (header.toString('latin1') !== 'fLaC') throw damaged('no-stream-marker');
  const blocks: MetadataBlock[] = [];
  let offset = prefixBytes + 4;
  for (let last = false; !last; ) {
    const head = readAt(fd, offset, 4);
    if (head.length < 4) throw damaged('metadata-truncated');
    last = (head.readUInt8(0) & 0x80) !== 0;
    const block = {
      type: head.readUInt8(0) & 0x7f,
      offset: offset + 4,
      length: head.readUIntBE(1, 3),
    };
    if (block.type === 127) throw damaged('metadata-invalid');
    offset = block.offset + block.length;
    if (offset > fileBytes) throw damaged('metadata-truncated');
    blocks.push(block);
  }
  const first = blocks[0];
  if (first?.type !== BLOCK.streamInfo || first.length !== 34) throw damaged('no-stream-info');
  const streamInfo = parseStreamInfo(readAt(fd, first.offset, 34));
  return { prefixBytes, streamInfo, blocks, audioOffset: offset };
}

/** Parses STREAMINFO's 34 bytes; throws AUDIO_DAMAGED when they describe no possible audio. */
export function parseStreamInfo(body: Buffer): StreamInfo {
  const packed = body.readUInt32BE(10);
  const md5 = body.toString('hex', 18, 34);
  const info: StreamInfo = {
    maxBlockSize: body.readUInt16BE(2),
    maxFrameBytes: body.readUIntBE(7, 3),
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitDepth: ((packed >>> 4) & 31) + 1,
    totalSamples: (packed & 15) * 2 ** 32 + body.readUInt32BE(14),
    md5: /^0+$/.test(md5) ? null : md5,
  };
  const possible = info.sampleRate > 0 && info.bitDepth >= 4 && info.maxBlockSize > 0;
  if (!possible) throw damaged('stream-info-invalid');
  return info;
}

/** Writes MD5 and sample count into a copy of STREAMINFO's bytes, leaving the rest as it is. */
export function fillStreamInfo(body: Buffer, md5: string | null, totalSamples: number): Buffer {
  const filled = Buffer.from(body);
  if (md5 !== null) filled.write(md5, 18, 16, 'hex');
  filled.writeUInt8((filled.readUInt8(13) & 0xf0) | Math.floor(totalSamples / 2 ** 32), 13);
  filled.writeUInt32BE(totalSamples % 2 ** 32, 14);
  return filled;
}
