import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';
import { connectProxy, type SmallProxy } from '../../support/proxy-server.ts';

let run: EngineHarness;
let proxy: SmallProxy;
afterEach(async () => {
  await run.close();
  await proxy.close();
});

const open = async (login?: string) => {
  proxy = await connectProxy(login === undefined ? {} : { login });
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.slowWeather) });
};
const view = async () => (await run.engine.snapshot()).network;

describe('a proxy named in the settings', () => {
  it('carries the next request without a new engine, files and all, and no other once it is given up', async () => {
    await open();
    await run.engine.updateSettings({ proxyMode: 'manual', proxyAddress: proxy.address });
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
    const through = proxy.asked.length;
    // A connection for each file, and some for the calls.
    expect(through).toBeGreaterThan((await run.tree()).length);
    await run.engine.updateSettings({ proxyMode: 'none' });
    await run.engine.refreshPurchases();
    expect(proxy.asked).toHaveLength(through);
    await run.engine.updateSettings({ proxyMode: 'manual' });
    await run.reopen();
    await run.engine.refreshPurchases();
    expect(proxy.asked.length).toBeGreaterThan(through);
  });

  it('gets its password from the credential store, which tells only that there is one', async () => {
    await open('jo:s3cret of jo');
    await run.engine.updateSettings({
      proxyMode: 'manual',
      proxyAddress: proxy.address,
      proxyUser: 'jo',
    });
    expect(await view()).toEqual({ proxyPasswordSet: false });
    await expect(run.engine.refreshPurchases()).rejects.toMatchObject({ code: 'PROXY_FAILED' });
    await run.engine.network.setProxyPassword('s3cret of jo');
    await run.engine.refreshPurchases();
    expect(await view()).toEqual({ proxyPasswordSet: true });
    await run.reopen();
    expect(await view()).toEqual({ proxyPasswordSet: true });
    await run.engine.refreshPurchases();
    await run.engine.network.setProxyPassword('');
    expect(await view()).toEqual({ proxyPasswordSet: false });
    await expect(run.engine.refreshPurchases()).rejects.toMatchObject({ code: 'PROXY_FAILED' });
    const told = JSON.stringify([run.deltas, run.events, await run.engine.snapshot()]);
    expect(told).not.toContain('s3cret');
    const stored = await readFile(`${run.home}/library.sqlite`, 'latin1');
    expect(stored).not.toContain('s3cret');
  });

  it('that refuses stops a run under its name and fails no track', async () => {
    await open('jo:right');
    await run.engine.updateSettings({ proxyMode: 'manual', proxyAddress: proxy.address });
    const ended = await run.sync();
    expect(ended).toMatchObject({ state: 'stopped', error: { code: 'PROXY_FAILED' } });
    expect(ended.totals.failed).toBe(0);
    await run.engine.updateSettings({ proxyMode: 'system' });
    expect(await run.sync()).toMatchObject({ state: 'finished', totals: { failed: 0 } });
  });
});

describe('the report of an engine', () => {
  it('says how it stands and nothing private', async () => {
    await open();
    await run.sync();
    const text = await run.engine.diagnostics();
    expect(text).toContain('country FR, plan purchases only, signed in');
    expect(text).toMatch(/^synced \d+/m);
    expect(text).toMatch(/info RUN_FINISHED/);
    for (const secret of [run.store.token, 'Demo Listener', 'listener@', run.store.appSecret]) {
      expect(text).not.toContain(secret);
    }
  });
});
