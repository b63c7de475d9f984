import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../src-preload/contract/error-codes.ts';

/** Where each fault is met for real: the file under `test/`, and the title of a test that names its code. */
const MET = {
  SIGN_IN_REQUIRED: [
    'integration/sync/service-faults.test.ts',
    'stops the run with SIGN_IN_REQUIRED, lets the jobs wait, and goes on after signing in without fetching anything twice',
  ],
  SIGN_IN_REFUSED: [
    'integration/accounts/browser-sign-in.test.ts',
    'passes on what the service says of the code',
  ],
  SIGN_IN_TIMED_OUT: [
    'integration/accounts/browser-sign-in.test.ts',
    'ends when nobody comes back in time',
  ],
  SIGN_IN_CANCELLED: [
    'integration/accounts/browser-sign-in.test.ts',
    'can be cancelled while waiting, and while the code is being changed',
  ],
  SIGN_IN_ADDRESS_INVALID: [
    'integration/accounts/browser-sign-in.test.ts',
    'takes a pasted address when the browser cannot come back, and refuses a wrong one',
  ],
  SIGN_IN_NEEDS_TOKEN: [
    'integration/qobuz/client.test.ts',
    'that the user gave are never refreshed nor stored',
  ],
  ACCOUNT_BLOCKED: [
    'integration/sync/service-faults.test.ts',
    'stops the run under its name and fails no track: $name for ever',
  ],
  APP_CREDENTIALS_INVALID: [
    'integration/sync/service-faults.test.ts',
    'stops the run under its name and fails no track: $name for ever',
  ],
  APP_CREDENTIALS_INCOMPLETE: [
    'integration/accounts/accounts.test.ts',
    'of the user are refused when half of them is missing',
  ],
  APP_CREDENTIALS_UNTESTED: [
    'integration/accounts/several.test.ts',
    'cannot be tried without a purchase: APP_CREDENTIALS_UNTESTED, nor without a session',
  ],
  CREDENTIAL_STORE_FAILED: [
    'integration/accounts/accounts.test.ts',
    'that the keychain does not keep changes nothing',
  ],
  NO_KEYCHAIN: [
    'integration/accounts/accounts.test.ts',
    'where nothing keeps the token waits for the person’s word, which holds until the end',
  ],
  SERVICE_CHANGED: [
    'integration/sync/service-faults.test.ts',
    'stops the run when the method is gone (410), marks no track as failed, and ends with exit code 5',
  ],
  SERVICE_UNREADABLE: [
    'integration/sync/changes.test.ts',
    'answers nonsense about one album: that album alone fails, and heals with the next sync',
  ],
  SERVICE_REFUSED: ['integration/sync/service-faults.test.ts', 'concerns that track alone: $name'],
  SERVICE_UNAVAILABLE: [
    'integration/sync/changes.test.ts',
    'reads a listing that fails as a fault and not as an empty one',
  ],
  RATE_LIMITED: [
    'integration/sync/service-faults.test.ts',
    'stops the run under its name and fails no track: $name for ever',
  ],
  ACCESS_BLOCKED: [
    'integration/sync/service-faults.test.ts',
    'stops the run under its name and fails no track: $name for ever',
  ],
  OFFLINE: [
    'integration/sync/service-faults.test.ts',
    'stops the run under its name and fails no track: $name for ever',
  ],
  TLS_FAILED: [
    'integration/net/http.test.ts',
    'never speaks with a server whose TLS it cannot trust',
  ],
  PROXY_FAILED: [
    'integration/net/proxy.test.ts',
    'that refuses the password is PROXY_FAILED, and its page is no answer of the service',
  ],
  NOT_ENTITLED: ['integration/sync/service-faults.test.ts', 'concerns that track alone: $name'],
  TRACK_UNAVAILABLE: [
    'integration/sync/changes.test.ts',
    'may lose a whole album before it was ever fetched: it is named as unavailable',
  ],
  TRACK_WITHHELD: [
    'integration/sync/changes.test.ts',
    'is not asked for again by the next sync, which says the same of it',
  ],
  PRE_ORDER: ['integration/sync/first-sync.test.ts', 'names what cannot be had and why'],
  PREVIEW_ONLY: ['integration/sync/service-faults.test.ts', 'concerns that track alone: $name'],
  ALBUM_LIST_INCOMPLETE: [
    'integration/sync/track-lists.test.ts',
    '$name: the album fails with ALBUM_LIST_INCOMPLETE, the others are synced, and the next sync asks again',
  ],
  STREAM_STUB: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  STREAM_TRUNCATED: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  STREAM_TOO_LONG: [
    'integration/downloads/transfer-faults.test.ts',
    'starts over when more comes than the file has',
  ],
  STREAM_STALLED: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  STREAM_INTERRUPTED: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  CDN_REFUSED: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  RANGE_MISMATCH: [
    'integration/downloads/transfer-faults.test.ts',
    'gets a fresh start when the server never honours a range',
  ],
  NOT_AUDIO: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  WRONG_FORMAT: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  ADDRESS_REFUSED: ['integration/sync/service-faults.test.ts', 'concerns that track alone: $name'],
  TOO_SHORT: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  AUDIO_DAMAGED: [
    'integration/downloads/transfer-faults.test.ts',
    'fails its track alone, under its name: $name',
  ],
  TAGGING_FAILED: [
    'integration/audio/tagging.test.ts',
    'leaves no second file behind when it fails',
  ],
  SIDE_FILE_UNAVAILABLE: ['integration/downloads/side-files.test.ts', 'never fail a track: %s'],
  NO_LIBRARY_ROOT: [
    'integration/sync/disk.test.ts',
    'to have the folder created refuses the folder with PATH_NOT_WRITABLE',
  ],
  LIBRARY_ROOT_MISSING: [
    'integration/sync/disk.test.ts',
    'stops the run with LIBRARY_ROOT_MISSING; nothing is made at its place, and it goes on when it is back',
  ],
  LIBRARY_ROOT_FOREIGN: [
    'integration/sync/restore.test.ts',
    'that belongs to another account is refused with LIBRARY_ROOT_FOREIGN until the user insists',
  ],
  LIBRARY_MOVING: [
    'integration/sync/move.test.ts',
    'keeps runs and other folders waiting, under LIBRARY_MOVING',
  ],
  FOLDER_OVERLAPS: ['integration/sync/move.test.ts', 'is refused %s, under FOLDER_OVERLAPS'],
  FOLDER_MISSING: [
    'integration/sync/adoption.test.ts',
    'says FOLDER_MISSING when the folder is away, and changes nothing',
  ],
  PATH_NOT_WRITABLE: [
    'integration/sync/disk.test.ts',
    '%s stops the run with %s, and the jobs wait',
  ],
  DISK_FULL: [
    'integration/sync/disk.test.ts',
    'stops the run with DISK_FULL before the reserve is touched, and the run goes on when there is room',
  ],
  DISK_FAILED: ['integration/sync/disk.test.ts', '%s stops the run with %s, and the jobs wait'],
  PATH_OCCUPIED: [
    'integration/sync/disk.test.ts',
    'never overwrites what the user put there meanwhile, and saves everything else',
  ],
  PATH_TOO_LONG: [
    'unit/sync/plan.test.ts',
    'fails with PATH_TOO_LONG where the system cannot hold the path, before anything is fetched',
  ],
  ALREADY_RUNNING: [
    'integration/sync/two-engines.test.ts',
    'never share a data folder: the second is told ALREADY_RUNNING and who holds it',
  ],
  DATABASE_TOO_NEW: [
    'integration/library/opening.test.ts',
    'refuses a newer database with both versions and leaves every byte of it alone',
  ],
  DATABASE_DAMAGED: ['integration/library/opening.test.ts', 'names a file that is no database'],
  DATABASE_BUSY: [
    'integration/library/opening.test.ts',
    'says so when another program holds the database',
  ],
  EDITION_NOT_BETTER: [
    'integration/sync/editions.test.ts',
    'that turns out no better leaves the file that is there, says so, and is not offered again: EDITION_NOT_BETTER',
  ],
  SET_ASIDE_DAMAGED: [
    'integration/sync/set-aside.test.ts',
    'is not brought back once it was changed on the disk: SET_ASIDE_DAMAGED',
  ],
  VERIFYING_ALREADY: [
    'integration/sync/verify.test.ts',
    'is refused with VERIFYING_ALREADY while another goes on, and can be cancelled',
  ],
  INVALID_REQUEST: ['unit/electron/ipc.test.ts', 'of %s with %o is refused before its handler'],
  CANCELLED: [
    'integration/audio/inspection.test.ts',
    'cancels by signal and goes on with other work',
  ],
  UNEXPECTED: [
    'integration/demo/worker.test.ts',
    'the demo store takes its goods from the folder it is told',
  ],
} as const satisfies Record<ErrorCode, readonly [file: string, title: string]>;

/** The part of a test file that a title stands in: its outermost `describe`, or the file when it has none. */
function blockOf(file: string, title: string): string | undefined {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  return text.split(/^(?=describe\()/m).find((block) => block.includes(title));
}

describe('every fault that Crateful names', () => {
  it.each(Object.entries(MET))('%s is met by a test', (code, [file, title]) => {
    expect(Object.keys(ERRORS)).toContain(code);
    const block = blockOf(file, title);
    expect(block, `${file} has no test "${title}"`).toBeDefined();
    expect(block).toMatch(new RegExp(`['"]${code}['"]`));
  });

  it('is in this list', () => {
    expect(Object.keys(MET).sort()).toEqual(Object.keys(ERRORS).sort());
  });
});
