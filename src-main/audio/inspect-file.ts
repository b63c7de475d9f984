import { closeSync, fstatSync, openSync } from 'node:fs';
import { hasCode } from '../errors.ts';
import { type Container, isAudio, recognise } from './container.ts';
import { dsfTagOffset } from './dsf.ts';
import { BLOCK, readLayout } from './flac/stream-info.ts';
import { parseVorbisComments, valuesOf } from './flac/vorbis-comment.ts';
import { readId3, userText } from './id3.ts';
import type { Inspection } from './pool.ts';
import { factsOf } from './proof.ts';
import { readAt } from './read-at.ts';
import { QOBUZ_TRACK_ID } from './tags.ts';

/**
 * Looks inside a file of the library (architecture §5): is its audio whole, which audio is it, and which
 * purchase do its tags name? A FLAC that states its MD5 is walked, not decoded: every frame is checked, and
 * the MD5 was proven when the file was saved. Damage is an answer here, not a fault.
 */
export async function inspectFile(path: string): Promise<Inspection> {
  const fd = openSync(path, 'r');
  try {
    const bytes = fstatSync(fd).size;
    const container = recognise(fd, bytes);
    if (!isAudio(container)) return { ...NOTHING, bytes };
    return await lookInside(fd, bytes, container, path);
  } finally {
    closeSync(fd);
  }
}

const NOTHING = {
  whole: false,
  audioHash: null,
  durationSeconds: null,
  samplingRateKHz: null,
  bitDepth: null,
  qobuzTrackId: null,
};

async function lookInside(
  fd: number,
  bytes: number,
  container: Container,
  path: string,
): Promise<Inspection> {
  let qobuzTrackId: number | null = null;
  try {
    qobuzTrackId = readTrackId(fd, bytes, container);
    const statesMd5 = container !== 'flac' || readLayout(fd, bytes).streamInfo.md5 !== null;
    const facts = await factsOf(fd, bytes, container, path, statesMd5 ? 'walk' : 'decode');
    const { audioHash, durationSeconds, samplingRateKHz, bitDepth } = facts;
    const found = { audioHash, durationSeconds, samplingRateKHz, bitDepth, qobuzTrackId, bytes };
    return { whole: true, ...found };
  } catch (fault) {
    if (hasCode(fault, 'AUDIO_DAMAGED')) return { ...NOTHING, qobuzTrackId, bytes };
    throw fault;
  }
}

/** The purchase a file's tags name; throws AUDIO_DAMAGED where a FLAC's blocks make no sense. */
export function readTrackId(fd: number, bytes: number, container: Container): number | null {
  const id = Number(readTrackIdText(fd, bytes, container));
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

function readTrackIdText(fd: number, bytes: number, container: Container): string | undefined {
  if (container === 'flac') {
    const block = readLayout(fd, bytes).blocks.find(({ type }) => type === BLOCK.vorbisComment);
    const comments = block && parseVorbisComments(readAt(fd, block.offset, block.length));
    return comments ? valuesOf(comments, QOBUZ_TRACK_ID)[0] : undefined;
  }
  if (container !== 'mp3' && container !== 'dsf') return undefined;
  const offset = container === 'mp3' ? 0 : (dsfTagOffset(readAt(fd, 0, 28)) ?? bytes);
  return userText(readId3(fd, offset, bytes), QOBUZ_TRACK_ID)[0];
}
