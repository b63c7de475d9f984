import { afterEach, describe, expect, it } from 'vitest';
import type { StoreFault } from '../../../src-main/demo/faults.ts';
import type { DemoStore } from '../../../src-main/demo/store.ts';
import { ERRORS, type ErrorCode } from '../../../src-preload/contract/error-codes.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { apiFaults, type FaultScope, inject, statusFaults } from '../../support/faults.ts';
import { surroundings } from '../../support/surroundings.ts';

const TRACKS = tracksOf(ALBUMS.slowWeather);
const [FIRST = 0, , VICTIM = 0] = TRACKS;
const FILE_URL = 'track/getFileUrl';

let run: EngineHarness;
afterEach(() => run.close());

const open = async (concurrency = 2) => {
  run = await engineHarness({
    catalogue: demoAlbums(ALBUMS.slowWeather),
    settings: { concurrency },
  });
  return run;
};

/** Does something to the store when it is asked for an address for the `count`-th time. */
function beforeFileUrl(store: DemoStore, count: number, act: () => void): void {
  let seen = 0;
  store.faults.add({
    intercept(call) {
      if (call.path !== FILE_URL) return null;
      seen += 1;
      if (seen === count) act();
      return null;
    },
  });
}

const fetchedTracks = (asked: readonly { call: string; trackId: number | null }[]) =>
  asked.filter(({ call }) => call === 'file').map(({ trackId }) => trackId);
const coolDowns = () =>
  run.deltas.flatMap(({ run: view }) => (view?.coolDownUntilMs ? [view.coolDownUntilMs] : []));

describe('a session that ends in the middle of a run', () => {
  it('stops the run with SIGN_IN_REQUIRED, lets the jobs wait, and goes on after signing in without fetching anything twice', async () => {
    await open();
    beforeFileUrl(run.store, 4, () => run.store.expireToken());
    const first = await run.asking(run.sync);
    expect(first.result).toMatchObject({
      state: 'stopped',
      error: { code: 'SIGN_IN_REQUIRED' },
      totals: { failed: 0 },
    });
    expect((await run.engine.snapshot()).account).toMatchObject({ signedIn: false });
    const tracks = (await run.jobs()).filter((job) => job.kind === 'track');
    expect(tracks.map((job) => job.state).filter((state) => state !== 'done')).not.toEqual([]);
    expect(new Set(tracks.map((job) => job.state))).toEqual(new Set(['done', 'waiting']));

    await run.engine.signInWithToken(run.store.issueToken());
    const second = await run.asking(run.sync);
    expect(second.result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    const all = [...fetchedTracks(first.asked), ...fetchedTracks(second.asked)];
    expect(all.sort()).toEqual(TRACKS);
    expect(await run.tree()).toHaveLength(7);
  });

  it('is reported before anything else when it ended before the run', async () => {
    await open();
    run.store.expireToken();
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'stopped', error: { code: 'SIGN_IN_REQUIRED' } });
    expect(asked).toEqual([]);
    expect(await run.tree()).toEqual([]);
  });

  it('is not believed on one 401 alone: the session is asked for first', async () => {
    await open();
    inject(run.store, statusFaults.unauthorized(), { on: FILE_URL, trackId: VICTIM, times: 1 });
    run.clock.leap(61_000);
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 6, failed: 0 } });
    expect((await run.engine.snapshot()).account).toMatchObject({ signedIn: true });
  });
});

describe('a fault of the service in the middle of a run', () => {
  it('heals when the service changed its secret', async () => {
    await open();
    beforeFileUrl(run.store, 4, () => run.store.rotateSecret());
    // The web player's script is read once a minute at most.
    run.clock.leap(61_000);
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 6, failed: 0 } });
    expect(run.eventCodes()).toContain('APP_CREDENTIALS_REFRESHED');
  });

  it('stops the run when the method is gone (410), marks no track as failed, and ends with exit code 5', async () => {
    await open();
    let fault: { remove(): void } | null = null;
    beforeFileUrl(run.store, 4, () => {
      fault = inject(run.store, statusFaults.gone(), { on: FILE_URL });
    });
    const view = await run.sync();
    expect(view).toMatchObject({
      state: 'stopped',
      error: { code: 'SERVICE_CHANGED' },
      totals: { failed: 0, unavailable: 0 },
    });
    expect(ERRORS.SERVICE_CHANGED.exit).toBe(5);
    // No way round by what is not a purchase either.
    expect(run.store.requests.filter(({ query }) => query.range !== undefined)).toEqual([]);
    (fault as unknown as { remove(): void }).remove();
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(await run.tree()).toHaveLength(7);
  });

  it('shows a cool-down after three block pages (403) and goes on after it', async () => {
    await open(4);
    inject(run.store, statusFaults.accessDenied(), { on: FILE_URL, times: 3 });
    const view = await run.sync();
    expect(run.eventCodes()).toContain('COOL_DOWN');
    expect(coolDowns().length).toBeGreaterThan(0);
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    expect(view.totals.failed).toBe(0);
    expect(await run.tree()).toHaveLength(7);
  });

  it.each([
    ['seconds', () => '120'],
    ['a date', () => new Date(run.clock.now() + 120_000).toUTCString()],
  ])(
    'waits as long as a 429 asks for in %s, shows it, and asks nothing meanwhile',
    async (_, header) => {
      await open();
      let until = 0;
      beforeFileUrl(run.store, 3, () => {
        inject(run.store, statusFaults.rateLimited(header()), { on: FILE_URL, times: 1 });
        until = run.clock.now() + 119_000;
      });
      const { asked, result } = await run.asking(run.sync);
      expect(result).toMatchObject({ state: 'finished', totals: { downloaded: 6, failed: 0 } });
      expect(Math.max(...coolDowns())).toBeGreaterThanOrEqual(until);
      const refusedAt = asked.findIndex(({ request }) => request.status === 429);
      const later = asked.slice(refusedAt + 1).filter(({ call }) => call === FILE_URL);
      // Calls that were on their way already when the answer came are not to be taken back.
      expect(later.slice(1).every(({ request }) => request.at >= until)).toBe(true);
    },
  );

  it('backs off by itself when a 429 does not say for how long', async () => {
    await open();
    inject(run.store, statusFaults.rateLimited(), { on: FILE_URL, times: 2 });
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
  });

  it.each([
    ['seconds', () => '3600'],
    ['a date', () => new Date(run.clock.now() + 3600_000).toUTCString()],
    ['nothing', () => undefined],
  ])(
    'waits out a whole hour of 429 with %s: visibly, with few requests, and then goes on by itself',
    async (_, header) => {
      run = await engineHarness({
        catalogue: demoAlbums(ALBUMS.slowWeather),
        settings: { concurrency: 2, setupStep: 'done' },
        ports: surroundings().ports,
        speed: 1500,
      });
      await run.engine.background.begin();
      const endMs = run.clock.now() + 3600_000;
      inject(run.store, {
        intercept(call) {
          const hit = call.path === FILE_URL && run.clock.now() < endMs;
          return hit ? (statusFaults.rateLimited(header()).intercept?.(call) ?? null) : null;
        },
      });
      void run.sync();
      const now = () => run.engine.snapshot();
      await eventually(async () => (await now()).run?.state).toBe('finished');
      expect(run.clock.now()).toBeGreaterThan(endMs);
      // Within the run it waits as long as it is told; one that has tried often enough ends, and goes on later.
      const shown = run.deltas.some(
        ({ run: view, background }) =>
          view?.coolDownUntilMs != null || background?.goesOnWith === 'service',
      );
      expect(shown).toBe(true);
      const refused = run.asked().filter(({ request }) => request.status === 429);
      // Twelve waits of five minutes are what the service asks for at most; two at once may meet each.
      expect(refused.length).toBeLessThanOrEqual(60);
      expect((await now()).run?.totals.failed).toBe(0);
      expect(await run.tree()).toHaveLength(7);
    },
  );

  it.each([500, 502, 503, 504] as const)('heals when it answers %i once', async (status) => {
    await open();
    inject(run.store, statusFaults.serverError(status), { on: FILE_URL, times: 1 });
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
  });

  const forEver: readonly (readonly [string, () => StoreFault, ErrorCode, string])[] = [
    ['server errors', () => statusFaults.serverError(503), 'SERVICE_UNAVAILABLE', FILE_URL],
    ['429', () => statusFaults.rateLimited(), 'RATE_LIMITED', FILE_URL],
    ['block pages', statusFaults.accessDenied, 'ACCESS_BLOCKED', FILE_URL],
    ['dropped connections', statusFaults.reset, 'OFFLINE', 'api'],
    ['a blocked account', statusFaults.userBlocked, 'ACCOUNT_BLOCKED', FILE_URL],
    ['refused signatures', statusFaults.signatureRefused, 'APP_CREDENTIALS_INVALID', FILE_URL],
  ];
  it.each(forEver.map(([name, fault, code, on]) => ({ name, fault, code, on })))(
    'stops the run under its name and fails no track: $name for ever',
    async ({ fault, code, on }) => {
      await open();
      const struck = inject(run.store, fault(), { on });
      const view = await run.sync();
      expect(view).toMatchObject({ state: 'stopped', error: { code }, totals: { failed: 0 } });
      struck.remove();
      run.clock.leap(10 * 60_000);
      expect(await run.sync()).toMatchObject({ state: 'finished', totals: { downloaded: 6 } });
    },
  );
});

describe('an answer about one track', () => {
  type Case = {
    readonly name: string;
    readonly fault: (store: DemoStore) => StoreFault;
    readonly code: ErrorCode;
    readonly state: 'failed' | 'unavailable';
    readonly scope?: FaultScope;
  };
  const cases: readonly Case[] = [
    { name: 'a preview', fault: apiFaults.sample, code: 'PREVIEW_ONLY', state: 'failed' },
    {
      name: 'a refusal of every format',
      fault: () => apiFaults.restricted('FormatRestrictedByFormatAvailability'),
      code: 'NOT_ENTITLED',
      state: 'unavailable',
    },
    {
      name: 'another country',
      fault: () => apiFaults.restricted('TrackRestrictedByTerritorialAvailability'),
      code: 'TRACK_UNAVAILABLE',
      state: 'unavailable',
    },
    { name: '404', fault: statusFaults.notFound, code: 'TRACK_UNAVAILABLE', state: 'unavailable' },
    {
      name: 'an address on a foreign host',
      fault: () => apiFaults.foreignAddress('https://files.example.net/track.flac'),
      code: 'ADDRESS_REFUSED',
      state: 'failed',
    },
    { name: 'a page', fault: statusFaults.notJson, code: 'SERVICE_UNREADABLE', state: 'failed' },
    {
      name: 'a redirect loop',
      fault: statusFaults.redirectLoop,
      code: 'SERVICE_REFUSED',
      state: 'failed',
    },
  ];

  it.each(cases)('concerns that track alone: $name', async ({ fault, code, state }) => {
    await open();
    inject(run.store, fault(run.store), { on: FILE_URL, trackId: VICTIM });
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', error: null, totals: { downloaded: 5 } });
    expect(view.totals[state]).toBe(1);
    const line = await run.job(VICTIM);
    expect(line).toMatchObject({ state, error: { code } });
    expect(await run.tree()).not.toContain(line.path);
  });

  it('never leads to a request to a foreign host, nor to a preview being fetched', async () => {
    await open();
    inject(run.store, apiFaults.sample(run.store), { on: FILE_URL, trackId: VICTIM });
    const { asked } = await run.asking(run.sync);
    expect(fetchedTracks(asked)).not.toContain(VICTIM);
  });

  it('does not keep the others from being fetched when it is the very first that is asked for', async () => {
    await open(1);
    inject(run.store, statusFaults.notJson(), { on: FILE_URL, trackId: FIRST });
    const view = await run.sync();
    expect(view).toMatchObject({ state: 'finished', totals: { downloaded: 5, failed: 1 } });
  });

  it('takes the next format after a refusal and writes down which was refused', async () => {
    await open();
    inject(run.store, apiFaults.restricted('FormatRestrictedByFormatAvailability'), {
      on: FILE_URL,
      trackId: VICTIM,
      formatId: 6,
    });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 6, failed: 0 });
    const row = (await run.manifest()).find((file) => file.trackId === VICTIM);
    expect(row?.path.endsWith('.mp3')).toBe(true);
    expect(row?.receipt).toMatchObject({
      requestedFormatId: 6,
      servedFormatId: 5,
      refusedFormats: [{ formatId: 6, restriction: 'FormatRestrictedByFormatAvailability' }],
    });
    expect((await run.sync()).totals).toMatchObject({ downloaded: 0, skipped: 6 });
  });

  it('that is a lasting refusal is remembered: the next sync says the same without asking', async () => {
    await open();
    inject(run.store, apiFaults.sample(run.store), { on: FILE_URL, trackId: VICTIM });
    const first = await run.sync();
    const { asked, result } = await run.asking(run.sync);
    expect(asked.filter(({ call }) => call === FILE_URL)).toEqual([]);
    expect(result.totals).toMatchObject({ unavailable: 0, failed: 1 });
    expect(first.totals).toMatchObject({ unavailable: 0, failed: 1 });
    expect((await run.job(VICTIM)).error?.code).toBe('PREVIEW_ONLY');
  });
});
