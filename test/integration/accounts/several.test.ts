import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { accountId } from '../../../src-preload/contract/ids.ts';
import { ALBUMS, demoAlbums, tracksOf } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { bodyFaults, inject, statusFaults } from '../../support/faults.ts';
import { BO, secondAccount } from '../../support/second-account.ts';

const LISTENER = accountId('1000001');
const [VICTIM = 0] = tracksOf(ALBUMS.slowWeather);

let run: EngineHarness;
afterEach(() => run.close());

const open = async (given: Parameters<typeof engineHarness>[0] = {}) => {
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather), ...given });
  return run;
};
const snapshot = () => run.engine.snapshot();
const roots = async () => (await snapshot()).root?.path ?? null;
const parts = async () => (await run.workFiles()).filter((path) => path.endsWith('.part'));

/** A run that leaves one track half fetched. */
const leaveHalf = async () => {
  const fault = inject(run.store, bodyFaults.cutAt(0.5), { trackId: VICTIM });
  expect(await run.sync()).toMatchObject({ totals: { failed: 1 } });
  fault.remove();
  expect(await parts()).toHaveLength(1);
};

describe('several accounts', () => {
  it('stand side by side: each with name, country and plan, its folder and its queue', async () => {
    await open();
    await leaveHalf();
    await run.engine.signInWithToken(secondAccount(run.store));
    const bo = { id: BO.id, name: BO.name, country: 'SE', plan: 'Studio', signedIn: true };
    const listener = { id: LISTENER, name: 'Demo Listener', country: 'FR', plan: null };
    expect(await snapshot()).toMatchObject({
      account: bo,
      accounts: [bo, { ...listener, signedIn: true }],
      root: null,
    });
    expect((await snapshot()).jobs).toEqual([]);
    const second = join(run.root, '..', 'music of bo');
    await run.engine.useFolder(second);
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });

    await run.engine.accounts.switchTo(LISTENER);
    expect(await snapshot()).toMatchObject({ account: listener, root: { path: run.root } });
    const album = (await snapshot()).albums.find(({ id }) => id === ALBUMS.slowWeather);
    expect(album).toMatchObject({ status: expect.not.stringMatching('^synced$') });
    const { asked } = await run.asking(run.sync);
    const fetched = asked.filter(({ call }) => call === 'file').map(({ trackId }) => trackId);
    expect(fetched).toEqual([VICTIM]);

    await run.engine.accounts.switchTo(accountId(BO.id));
    expect(await roots()).toBe(second);
    expect((await snapshot()).albums.every(({ status }) => status === 'synced')).toBe(true);
    await run.reopen({ folder: false });
    expect(await snapshot()).toMatchObject({ account: { id: BO.id }, root: { path: second } });
  });

  it('are told to the window when they change', async () => {
    await open();
    await run.engine.signInWithToken(secondAccount(run.store));
    await run.engine.refreshPurchases();
    const told = run.deltas.flatMap(({ accounts }) => (accounts ? [accounts.length] : []));
    expect(told.at(-1)).toBe(2);
  });

  it('never show what was being listed for the one under the other', async () => {
    await open({ speed: 2 });
    await run.engine.signInWithToken(secondAccount(run.store));
    await run.engine.accounts.switchTo(LISTENER);
    // It is asked for again a moment later.
    const fault = inject(run.store, statusFaults.serverError(), {
      on: 'purchase/getUserPurchases',
      times: 2,
    });
    const refreshed = run.engine.refreshPurchases().catch((error: unknown) => error);
    await eventually(() => fault.hits).toBe(2);
    await run.engine.accounts.switchTo(accountId(BO.id));
    const ended = await refreshed;
    expect(await snapshot()).toMatchObject({ albums: [], purchases: { state: 'unknown' } });
    expect(ended).toMatchObject({ code: 'CANCELLED' });
  });

  it('do not take over each other’s folder', async () => {
    await open();
    await run.engine.signInWithToken(secondAccount(run.store));
    await expect(run.engine.useFolder(run.root)).rejects.toMatchObject({
      code: 'LIBRARY_ROOT_FOREIGN',
    });
  });

  it('end the run of the one when switched to the other', async () => {
    await open();
    await run.engine.signInWithToken(secondAccount(run.store));
    await run.engine.accounts.switchTo(LISTENER);
    inject(run.store, bodyFaults.stallAt(0.5), { trackId: VICTIM });
    const ended = run.sync();
    await run.engine.accounts.switchTo(accountId(BO.id));
    expect(await ended).toMatchObject({ state: 'stopped' });
    expect(await snapshot()).toMatchObject({ account: { id: BO.id } });
  });

  it('without a session are signed in to again, and the one in use goes on meanwhile', async () => {
    await open();
    await run.engine.accounts.signOut({ queue: 'keep' });
    const token = secondAccount(run.store);
    await run.engine.signInWithToken(token);
    expect((await snapshot()).accounts).toMatchObject([{ signedIn: true }, { signedIn: false }]);
    await expect(run.engine.accounts.switchTo(LISTENER)).rejects.toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    });
    await expect(run.engine.accounts.switchTo(accountId('9'))).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    expect(await snapshot()).toMatchObject({ account: { id: BO.id, signedIn: true } });
  });
});

describe('signing out', () => {
  it('of one of several leaves the others to choose from', async () => {
    await open();
    await run.engine.signInWithToken(secondAccount(run.store));
    await run.engine.accounts.signOut({ queue: 'keep' });
    expect(await snapshot()).toMatchObject({
      account: null,
      root: null,
      albums: [],
      accounts: [
        { id: BO.id, signedIn: false },
        { id: LISTENER, signedIn: true },
      ],
    });
    await run.engine.accounts.switchTo(LISTENER);
    expect(await snapshot()).toMatchObject({
      account: { signedIn: true },
      root: { path: run.root },
    });
  });

  it('keeps the queue for the next sign-in when told so', async () => {
    await open();
    await leaveHalf();
    await run.engine.accounts.signOut({ queue: 'keep' });
    expect(await parts()).toHaveLength(1);
    await run.engine.signInWithToken(run.store.issueToken());
    const { asked, result } = await run.asking(run.sync);
    expect(result).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    const files = asked.filter(({ call }) => call === 'file');
    expect(files.map(({ trackId }) => trackId)).toEqual([VICTIM]);
    expect(files[0]?.request.range).toMatch(/^bytes=[1-9]/);
  });

  it('discards the queue and what was half fetched when told so, and no file that is whole', async () => {
    await open();
    await leaveHalf();
    const before = await run.tree();
    expect(before.length).toBeGreaterThan(1);
    await run.engine.accounts.signOut({ queue: 'discard' });
    expect(await parts()).toEqual([]);
    expect(await run.tree()).toEqual(before);
    await run.engine.signInWithToken(run.store.issueToken());
    expect((await run.jobs()).filter(({ state }) => state !== 'done')).toEqual([]);
    const { asked } = await run.asking(run.sync);
    const files = asked.filter(({ call }) => call === 'file');
    expect(files.map(({ trackId }) => trackId)).toEqual([VICTIM]);
    expect(files[0]?.request.range).toBeNull();
  });
});

describe('an app id and secret', () => {
  const pair = () => ({ appId: run.store.appId, appSecret: run.store.appSecret });

  it('are tried with an owned track, and nothing of them is kept', async () => {
    await open();
    await run.engine.refreshPurchases();
    const { asked } = await run.asking(() => run.engine.accounts.testAppCredentials(pair()));
    expect(asked.map(({ call }) => call)).toContain('track/getFileUrl');
    expect(asked.map(({ call }) => call)).not.toContain('file');
    await run.reopen();
    expect((await snapshot()).app.ownAppCredentials).toBe(false);
  });

  it('that the service refuses are APP_CREDENTIALS_INVALID, and those in use go on', async () => {
    await open();
    await run.engine.refreshPurchases();
    for (const wrong of [{ appId: '111111111' }, { appSecret: 'f'.repeat(32) }]) {
      const tried = { ...pair(), ...wrong };
      await expect(run.engine.accounts.testAppCredentials(tried)).rejects.toMatchObject({
        code: 'APP_CREDENTIALS_INVALID',
      });
    }
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
  });

  it('cannot be tried without a purchase: APP_CREDENTIALS_UNTESTED, nor without a session', async () => {
    await open();
    await expect(run.engine.accounts.testAppCredentials(pair())).rejects.toMatchObject({
      code: 'APP_CREDENTIALS_UNTESTED',
    });
    await run.engine.accounts.signOut({ queue: 'keep' });
    await expect(run.engine.accounts.testAppCredentials(pair())).rejects.toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    });
  });

  it('that the session does not belong to leave the session alone', async () => {
    await open();
    await run.engine.refreshPurchases();
    const { token } = run.store;
    run.store.faults.add({
      intercept: (call) =>
        call.headers['x-app-id'] === '222222222' && call.headers['x-user-auth-token'] === token
          ? {
              status: 401,
              headers: {},
              body: '{"status":"error","code":401,"message":"User authentication is required."}',
            }
          : null,
    });
    await expect(
      run.engine.accounts.testAppCredentials({ ...pair(), appId: '222222222' }),
    ).rejects.toMatchObject({ code: 'APP_CREDENTIALS_UNTESTED' });
    expect((await snapshot()).account).toMatchObject({ signedIn: true });
  });
});
