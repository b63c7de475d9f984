import type { StoreFault } from '../../../src-main/demo/faults.ts';
import type { DemoStore } from '../../../src-main/demo/store.ts';
import type { ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { apiFaults, statusFaults } from '../../support/faults.ts';
import { type Expected, type Fault, healed, paused, reported } from '../fault.ts';
import { onStore, onVictim } from './striking.ts';
import { unreachable } from './unreachable.ts';

const FILE_URL = 'track/getFileUrl';

/** A faulty answer to the request for a file, as data. */
export interface FileStatus {
  readonly name: string;
  readonly fault: () => StoreFault;
  /** How the track is named that meets it for ever. */
  readonly code: ErrorCode;
}

/** Faulty statuses of the server that has the files. */
export const FILE_STATUS: readonly FileStatus[] = [
  { name: '403 with a page', fault: statusFaults.accessDenied, code: 'CDN_REFUSED' },
  { name: '404', fault: statusFaults.notFound, code: 'CDN_REFUSED' },
  { name: '410', fault: statusFaults.gone, code: 'CDN_REFUSED' },
  { name: '429', fault: () => statusFaults.rateLimited(), code: 'CDN_REFUSED' },
  { name: '500', fault: () => statusFaults.serverError(500), code: 'CDN_REFUSED' },
  { name: '502', fault: () => statusFaults.serverError(502), code: 'CDN_REFUSED' },
  { name: '503', fault: () => statusFaults.serverError(503), code: 'CDN_REFUSED' },
  { name: '504', fault: () => statusFaults.serverError(504), code: 'CDN_REFUSED' },
  { name: 'a redirect loop', fault: statusFaults.redirectLoop, code: 'CDN_REFUSED' },
  { name: 'a dropped connection', fault: statusFaults.reset, code: 'STREAM_INTERRUPTED' },
];

const ofFiles = FILE_STATUS.flatMap(({ name, fault, code }): Fault[] => [
  {
    group: 'status',
    name: `${name} for a file`,
    where: 'one file, once',
    expected: healed,
    strike: onVictim(fault, { on: 'cdn', times: 1 }),
  },
  {
    group: 'status',
    name: `${name} for a file`,
    where: 'one file, for ever',
    expected: reported(code),
    strike: onVictim(fault, { on: 'cdn' }),
  },
]);

/** A faulty answer to a call of the API. */
interface CallStatus {
  readonly name: string;
  readonly fault: (store: DemoStore) => StoreFault;
  /** Of one answer, for one track. */
  readonly once: Expected;
  /** Of every answer, for ever. */
  readonly all: Expected;
}

const inSeconds = () => statusFaults.rateLimited('60');
const inAnHour = () => statusFaults.rateLimited('3600');
/** A date in words, as the header also allows. */
const atADate = (): StoreFault => ({
  intercept: (call) =>
    statusFaults.rateLimited(new Date(Date.now() + 60_000).toUTCString()).intercept?.(call) ?? null,
});

const CALL_STATUS: readonly CallStatus[] = [
  {
    name: '403 with a page',
    fault: statusFaults.accessDenied,
    once: healed,
    all: paused('ACCESS_BLOCKED'),
  },
  {
    name: '403 for a blocked account',
    fault: statusFaults.userBlocked,
    once: paused('ACCOUNT_BLOCKED'),
    all: paused('ACCOUNT_BLOCKED'),
  },
  {
    name: '404',
    fault: statusFaults.notFound,
    once: reported('TRACK_UNAVAILABLE'),
    all: reported('TRACK_UNAVAILABLE'),
  },
  {
    name: '410',
    fault: statusFaults.gone,
    once: paused('SERVICE_CHANGED'),
    all: paused('SERVICE_CHANGED'),
  },
  { name: '429 with seconds', fault: inSeconds, once: healed, all: paused('RATE_LIMITED') },
  { name: '429 with a date', fault: atADate, once: healed, all: paused('RATE_LIMITED') },
  { name: '429 with an hour', fault: inAnHour, once: healed, all: paused('RATE_LIMITED') },
  {
    name: '429 with nothing',
    fault: () => statusFaults.rateLimited(),
    once: healed,
    all: paused('RATE_LIMITED'),
  },
  {
    name: '500',
    fault: () => statusFaults.serverError(500),
    once: healed,
    all: paused('SERVICE_UNAVAILABLE'),
  },
  {
    name: '502',
    fault: () => statusFaults.serverError(502),
    once: healed,
    all: paused('SERVICE_UNAVAILABLE'),
  },
  {
    name: '503',
    fault: () => statusFaults.serverError(503),
    once: healed,
    all: paused('SERVICE_UNAVAILABLE'),
  },
  {
    name: '504',
    fault: () => statusFaults.serverError(504),
    once: healed,
    all: paused('SERVICE_UNAVAILABLE'),
  },
  {
    name: 'a redirect loop',
    fault: statusFaults.redirectLoop,
    once: healed,
    all: reported('SERVICE_REFUSED'),
  },
  {
    name: 'a page where JSON should be',
    fault: statusFaults.notJson,
    once: healed,
    all: reported('SERVICE_UNREADABLE'),
  },
  {
    name: 'a refused signature',
    fault: statusFaults.signatureRefused,
    once: healed,
    all: paused('APP_CREDENTIALS_INVALID'),
  },
  {
    name: 'a preview',
    fault: apiFaults.sample,
    once: reported('PREVIEW_ONLY'),
    all: reported('PREVIEW_ONLY'),
  },
  {
    name: 'a refusal of the rights holder',
    fault: () => apiFaults.restricted('SampleRestrictedByRightHolders'),
    once: reported('TRACK_WITHHELD'),
    all: reported('TRACK_WITHHELD'),
  },
  {
    name: 'an address on a foreign host',
    fault: () => apiFaults.foreignAddress('https://files.example.net/track.flac'),
    once: reported('ADDRESS_REFUSED'),
    all: reported('ADDRESS_REFUSED'),
  },
];

const ofCalls = CALL_STATUS.flatMap(({ name, fault, once, all }): Fault[] => [
  {
    group: 'status',
    name: `${name} for an address`,
    where: 'one call, once',
    expected: once,
    forgottenAfterDays: 31,
    strike: onVictim(fault, { on: FILE_URL, times: 1 }),
  },
  {
    group: 'status',
    name: `${name} for an address`,
    where: 'every call, for ever',
    expected: all,
    forgottenAfterDays: 31,
    strike: onStore(fault, { on: FILE_URL }),
  },
]);

const ofSessions: readonly Fault[] = [
  {
    group: 'status',
    name: '401 although the session is good',
    where: 'one call, once',
    expected: healed,
    strike: onVictim(statusFaults.unauthorized, { on: FILE_URL, times: 1 }),
  },
  {
    group: 'status',
    name: '401 because the session ended',
    where: 'in mid-run',
    expected: paused('SIGN_IN_REQUIRED'),
    strike: ({ engine }) => {
      const struck = onceAt(3, () => engine.store.expireToken());
      engine.store.faults.add(struck.fault);
      return {
        hits: struck.hits,
        mend: () => engine.engine.signInWithToken(engine.store.issueToken()),
      };
    },
  },
  {
    group: 'status',
    name: 'a secret that changes',
    where: 'in mid-run',
    expected: healed,
    strike: ({ engine }) => {
      const struck = onceAt(3, () => engine.store.rotateSecret());
      engine.store.faults.add(struck.fault);
      engine.clock.leap(61_000);
      return { hits: struck.hits, mend: () => undefined };
    },
  },
];

/** Does something when an address is asked for the `count`-th time. */
function onceAt(count: number, act: () => void): { fault: StoreFault; hits: () => number } {
  let seen = 0;
  return {
    hits: () => Math.floor(Math.min(seen / count, 1)),
    fault: {
      intercept(call) {
        if (call.path !== FILE_URL) return null;
        seen += 1;
        if (seen === count) act();
        return null;
      },
    },
  };
}

/** Faulty statuses and ways to the service that fail (traps §3). */
export const statusCatalogue: readonly Fault[] = [
  ...ofFiles,
  ...ofCalls,
  ...ofSessions,
  ...unreachable,
];
