import { describe, expect, it } from 'vitest';
import { type DiagnosticFacts, diagnosticsText } from '../../../src-main/sync/diagnostics.ts';
import type { CratefulEvent } from '../../../src-preload/contract/events.ts';
import { accountId, rootId } from '../../../src-preload/contract/ids.ts';
import { DEFAULT_SETTINGS } from '../../../src-preload/contract/settings.ts';

const TOKEN = 'Zk3v9_QpL-7aX0bTn2rWc5yUe8dHs1mGf4jKi6oB';
const event = (seq: number, given: Partial<CratefulEvent> = {}): CratefulEvent => ({
  v: 1,
  seq,
  at: Date.UTC(2026, 10, 21, 0, 0, seq),
  severity: 'info',
  runId: null,
  jobId: null,
  attempt: null,
  accountId: null,
  code: 'JOB_DONE',
  context: {},
  ...given,
});

const FACTS: DiagnosticFacts = {
  version: '0.1.0',
  system: 'linux x64 6.1.0',
  versions: { node: '24.21.0', electron: '45.4.1', zlib: '1' },
  demo: false,
  homeFolder: '/home/ada',
  nowMs: Date.UTC(2026, 10, 21),
  settings: {
    ...DEFAULT_SETTINGS,
    proxyMode: 'manual',
    proxyAddress: 'http://proxy.example:3128',
    proxyUser: 'ada.l',
  },
  proxyPasswordSet: true,
  ownAppCredentials: false,
  account: {
    id: accountId('1000001'),
    name: 'Ada Lovelace',
    country: 'GB',
    plan: null,
    signedIn: true,
    credentialStore: 'keychain',
  },
  accounts: 2,
  root: {
    id: rootId('r'),
    path: '/home/ada/Music/Ada Lovelace',
    state: 'ready',
    freeBytes: 5000,
    lastCheck: null,
  },
  purchases: { state: 'ready', listedAtMs: 1, error: null, oddRows: 0 },
  albums: [{ status: 'synced' }, { status: 'synced' }, { status: 'partly' }],
  jobs: [
    { state: 'done', error: null },
    { state: 'failed', error: { code: 'STREAM_STUB', params: {} } },
    { state: 'failed', error: { code: 'STREAM_STUB', params: {} } },
  ],
  run: null,
  events: [
    event(1),
    event(2, {
      code: 'ATTEMPT_FAILED',
      severity: 'warning',
      attempt: 3,
      context: { reason: `GET https://cdn.example/f?hmac=${TOKEN}`, to: 'ada@example.org' },
    }),
  ],
};

describe('the report for whoever helps', () => {
  it('says what runs here, how it is set, and what became of it', () => {
    const text = diagnosticsText(FACTS);
    for (const line of [
      '## Crateful 0.1.0',
      'system linux x64 6.1.0',
      'electron 45.4.1',
      'node 24.21.0',
      'proxyMode "manual"',
      'proxyAddress "http://proxy.example:3128"',
      'proxy user given, password kept',
      'country GB, plan purchases only, signed in, secrets in keychain',
      'known 2',
      '~/Music/[name] ready, free bytes 5000',
      'synced 2, partly 1',
      'done 1, failed 2',
      'faults STREAM_STUB 2',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('zlib');
    expect(text.match(/warning ATTEMPT_FAILED attempt 3/g)).toHaveLength(2);
  });

  it('holds nothing private', () => {
    const text = diagnosticsText(FACTS);
    for (const secret of [TOKEN, 'Lovelace', '/home/ada', 'ada.l', 'ada@', '1000001']) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells the last 200 events, and the last 20 of those that went wrong', () => {
    const events = Array.from({ length: 300 }, (_, seq) =>
      event(seq, { severity: seq < 60 ? 'error' : 'info', context: { seq } }),
    );
    const [, faults = '', all = ''] = diagnosticsText({ ...FACTS, events }).split(/^## Last .*$/m);
    const numbers = (text: string) => [...text.matchAll(/"seq":(\d+)/g)].map((m) => Number(m[1]));
    expect(numbers(faults)).toEqual(Array.from({ length: 20 }, (_, index) => 40 + index));
    expect(numbers(all)).toEqual(Array.from({ length: 200 }, (_, index) => 100 + index));
  });

  it('is whole where nobody is signed in and nothing was done yet', () => {
    const text = diagnosticsText({
      ...FACTS,
      account: null,
      root: null,
      albums: [],
      jobs: [],
      events: [],
    });
    expect(text).toContain('none in use');
    expect(text).toMatch(/## Albums\nnone\n/);
    expect(text).toMatch(/## Last events\nnone\n$/);
  });
});
