import { afterEach, describe, expect, it } from 'vitest';
import { startDemoStore } from '../../../src-main/demo/store.ts';
import { addressPolicy } from '../../../src-main/net/addresses.ts';
import { createHttpClient } from '../../../src-main/net/http.ts';
import type { AppCredentials } from '../../../src-main/qobuz/app-credentials.ts';
import { createQobuz } from '../../../src-main/qobuz/client.ts';
import type { Purchase } from '../../../src-preload/contract/catalogue.ts';
import { instantClock } from '../../support/fake-clock.ts';
import { inject, statusFaults } from '../../support/faults.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The client against the demo store, which was written apart from it and has its own signing code. */
async function setup() {
  const clock = instantClock(Date.now());
  const store = await startDemoStore({ now: clock.now });
  const token = { value: store.token };
  let stored: AppCredentials | null = null;
  const http = createHttpClient({
    userAgent: 'Crateful/0.0.0',
    checkAddress: addressPolicy(store.apiBase),
  });
  const qobuz = createQobuz({
    http,
    apiBase: store.apiBase,
    playerBase: store.playerBase,
    tokens: { current: async () => token.value },
    appCredentials: {
      load: async () => stored,
      save: async (credentials) => {
        stored = credentials;
      },
    },
    userGiven: null,
    clock,
    random: Math.random,
    ratePerSecond: 1000,
    events: { emit: () => undefined },
  });
  cleanups.push(
    () => store.close(),
    () => http.close(),
    () => qobuz.close(),
  );
  const purchases: Purchase[] = [];
  for await (const page of qobuz.purchases('albums')) purchases.push(...page.purchases);
  const deliverable = purchases.find((purchase) => purchase.formatIds.includes(6))!;
  const { tracks } = await qobuz.album(deliverable.albumId, { priority: 'listing' });
  const file = { trackId: tracks[0]!.id, formatId: 6, priority: 'file' as const };
  return { store, token, http, qobuz, file, clock };
}

describe('the client and the demo store', () => {
  it('agree on every step from discovery to the bytes of a file', async () => {
    const { http, qobuz, file } = await setup();
    const address = await qobuz.fileUrl(file);
    expect(address).toMatchObject({ formatId: 6, mimeType: 'audio/flac' });
    const download = await http.open({ url: address.url });
    const chunks: Buffer[] = [];
    for await (const chunk of download.body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes.subarray(0, 4).toString()).toBe('fLaC');
    expect(bytes.length).toBe(Number(download.headers['content-length']));
  });

  it('get over a secret that is refused once in passing, right after it was found', async () => {
    const { store, qobuz, file } = await setup();
    await qobuz.fileUrl(file);
    inject(store, statusFaults.signatureRefused(), { times: 1 });
    expect((await qobuz.fileUrl(file)).formatId).toBe(6);
    expect(store.requests.filter(({ kind }) => kind === 'player')).toHaveLength(2);
  });

  it('get over a new secret by themselves', async () => {
    const { store, qobuz, file, clock } = await setup();
    await qobuz.fileUrl(file);
    store.rotateSecret();
    // The script is downloaded once a minute at most.
    await clock.sleep(61_000);
    expect((await qobuz.fileUrl(file)).formatId).toBe(6);
  });

  it('agree that a session is over, and go on with a new token', async () => {
    const { store, token, qobuz, file } = await setup();
    store.expireToken();
    await expect(qobuz.fileUrl(file)).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    token.value = store.issueToken();
    expect((await qobuz.fileUrl(file)).formatId).toBe(6);
  });
});
