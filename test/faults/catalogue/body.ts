import type { StoreFault } from '../../../src-main/demo/faults.ts';
import type { ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { bodyFaults } from '../../support/faults.ts';
import { type Fault, healed, reported } from '../fault.ts';
import { onVictim } from './striking.ts';

/** A fault of a file's body, as data: what it is, and how a track is named that meets it for ever. */
export interface BodyFault {
  readonly name: string;
  readonly fault: () => StoreFault;
  /** Null when the file comes all the same. */
  readonly code: ErrorCode | null;
  /** Only the audio itself tells: FLAC has checksums; MP3 and DSF have none (docs/reliability.md). */
  readonly needsChecksum?: true;
}

/** Faults of the body (traps §3). */
export const BODY: readonly BodyFault[] = [
  { name: 'one byte, then a close', fault: bodyFaults.oneByte, code: 'STREAM_STUB' },
  { name: 'a cut at 10 %', fault: () => bodyFaults.cutAt(0.1), code: 'STREAM_TRUNCATED' },
  { name: 'a cut at 50 %', fault: () => bodyFaults.cutAt(0.5), code: 'STREAM_TRUNCATED' },
  { name: 'a cut at 99 %', fault: () => bodyFaults.cutAt(0.99), code: 'STREAM_TRUNCATED' },
  { name: 'short by one byte', fault: () => bodyFaults.shortBy(1), code: 'STREAM_TRUNCATED' },
  {
    name: 'short, and the length says so',
    fault: () => bodyFaults.shortHonestly(1000),
    code: 'AUDIO_DAMAGED',
  },
  { name: 'longer than Content-Length', fault: () => bodyFaults.longerThanAnnounced(), code: null },
  { name: 'no Content-Length', fault: bodyFaults.withoutLength, code: null },
  {
    name: 'no Content-Length, cut at 50 %',
    fault: () => bodyFaults.cutWithoutLength(0.5),
    code: 'AUDIO_DAMAGED',
  },
  { name: 'an HTML page with 200', fault: () => bodyFaults.htmlPage(), code: 'NOT_AUDIO' },
  {
    name: 'an HTML page that calls itself audio',
    fault: () => bodyFaults.htmlPage({ disguised: true }),
    code: 'NOT_AUDIO',
  },
  { name: 'a 30-second preview', fault: bodyFaults.preview, code: 'TOO_SHORT' },
  { name: 'another format', fault: () => bodyFaults.wrongFormat(), code: 'WRONG_FORMAT' },
  {
    name: 'another format that calls itself the right one',
    fault: () => bodyFaults.wrongFormat({ disguised: true }),
    code: 'WRONG_FORMAT',
  },
  {
    name: 'a tail of zeros',
    fault: () => bodyFaults.zeroTail(),
    code: 'AUDIO_DAMAGED',
    needsChecksum: true,
  },
  {
    name: 'one flipped bit',
    fault: () => bodyFaults.flippedBit(),
    code: 'AUDIO_DAMAGED',
    needsChecksum: true,
  },
  { name: 'a stall for ever', fault: () => bodyFaults.stallAt(0.5), code: 'STREAM_STALLED' },
  {
    name: 'a drip of small pieces',
    fault: () => bodyFaults.drip({ bytes: 8192, pauseMs: 2 }),
    code: null,
  },
];

/** Each fault of the body once, and for ever. */
export const bodyCatalogue: readonly Fault[] = BODY.flatMap(({ name, fault, code }): Fault[] => [
  {
    group: 'body',
    name,
    where: 'one file, once',
    expected: healed,
    strike: onVictim(fault, { times: 1 }),
  },
  {
    group: 'body',
    name,
    where: 'one file, for ever',
    expected: code === null ? healed : reported(code),
    strike: onVictim(fault),
  },
]);
