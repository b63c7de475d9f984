import { launchApp, type RunningApp } from '../support/electron-app.ts';
import { isInstalled } from './command.ts';
import { atMost, type Figure, missing, stated } from './figure.ts';
import { catalogueOf, flacFiles } from './flac-files.ts';
import { idleUse } from './processes.ts';
import { type StoreAddresses, startStore } from './store.ts';
import { type SyncedLibrary, syncedLibrary } from './synced-library.ts';
import type { Workplace } from './workplace.ts';

const ALBUMS = 10_000;
const TRACKS_PER_ALBUM = 10;
const STARTS = 4;
/** How long the library is scrolled, and how long an idle app is watched, in milliseconds. */
const SCROLL_MS = 6_000;
const IDLE_MS = 30_000;

/** The window on a library of 10,000 albums: start, scrolling, the main process during a sync, the tray. */
export async function benchWindow(place: Workplace): Promise<Figure[]> {
  const folder = await place.fresh('window');
  place.say(`window: preparing ${ALBUMS.toLocaleString('en')} albums`);
  const library = await syncedLibrary(folder, ALBUMS * TRACKS_PER_ALBUM);
  try {
    const start = await measureStarts(place, library);
    const scroll = await measureScrolling(place, library);
    const idle = await measureIdle(place, library);
    return [...start, ...scroll, ...(await measureLoop(place)), ...idle];
  } finally {
    await library.store.close();
  }
}

const environmentOf = (store: StoreAddresses): Record<string, string> => ({
  CRATEFUL_QOBUZ_API: store.apiBase,
  CRATEFUL_QOBUZ_PLAYER: store.playerBase,
  CRATEFUL_API_RATE: '100000',
  QOBUZ_USER_AUTH_TOKEN: store.token,
  QOBUZ_APP_ID: store.appId,
  QOBUZ_APP_SECRET: store.appSecret,
});

const open = ({ home, store }: SyncedLibrary, switches: readonly string[] = []) =>
  launchApp({
    home,
    environment: environmentOf(store.addresses),
    switches: ['--password-store=basic', ...switches],
    reload: false,
  });

/** From the process' creation until the first albums are painted; the first start warms the disk's cache. */
async function measureStarts(place: Workplace, library: SyncedLibrary): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const app = await open(library);
    const usableAt = await app.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const album = document.querySelector('main [data-index="0"], main [role="row"]');
            if (album === null) requestAnimationFrame(look);
            else requestAnimationFrame(() => resolve(Date.now()));
          };
          look();
        }),
    );
    const createdAt = await app.electron.evaluate(() => process.getCreationTime());
    await app.close();
    if (createdAt === null) throw new Error('The system does not say when a process began.');
    const took = (usableAt - createdAt) / 1000;
    place.say(`window: usable after ${took.toFixed(2)} s${round === 0 ? ' (cold)' : ''}`);
    if (round > 0) seconds.push(took);
  }
  return [atMost('window usable after start, 10,000 albums', Math.min(...seconds), 1.5, 's')];
}

/** The longest time between two frames while the wheel turns through the whole library. */
async function measureScrolling(place: Workplace, library: SyncedLibrary): Promise<Figure[]> {
  const app = await open(library);
  await app.page.locator('main [data-index="0"]').first().waitFor();
  await app.page.mouse.move(700, 450);
  await app.page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const note = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { benchFrames: frames });
  });
  const until = Date.now() + SCROLL_MS;
  while (Date.now() < until) await app.page.mouse.wheel(0, 900);
  const frames = await app.page.evaluate(() => Reflect.get(window, 'benchFrames') as number[]);
  const blank = await app.page.locator('main [data-index]').count();
  await app.close();
  if (blank === 0) throw new Error('No album was in sight after scrolling.');
  const sorted = frames.slice(2).sort((a, b) => a - b);
  const worst = sorted.at(-1) ?? Number.NaN;
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  place.say(`window: ${frames.length} frames, worst ${worst.toFixed(0)} ms`);
  return [
    atMost('worst frame while scrolling 10,000 albums', worst, 50, 'ms'),
    stated('frames while scrolling: 99th percentile', `${p99.toFixed(1)} ms`),
  ];
}

/** How late the main process' event loop is while four files of 200 MB come in as fast as they can. */
async function measureLoop(place: Workplace): Promise<Figure[]> {
  const name = "main process' event loop during a full-speed sync, 99th percentile";
  if (!(await isInstalled('flac'))) return [missing(name, 'flac is missing')];
  const folder = await place.fresh('window-sync');
  const store = await startStore(catalogueOf(await flacFiles(place)), await place.kept(''));
  const app = await launchApp({
    home: `${folder}/home`,
    environment: environmentOf(store.addresses),
    reload: false,
  });
  try {
    await answerFolder(app, `${folder}/Music`);
    const delays = await app.electron.evaluate(() => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      const delays = monitorEventLoopDelay({ resolution: 5 });
      delays.enable();
      Object.assign(globalThis, { benchDelays: delays });
    });
    void delays;
    await app.page.evaluate(() => window.crateful.startSync(undefined));
    await app.page.waitForFunction(
      async () => {
        const reply = await window.crateful.getSnapshot();
        return reply.ok && reply.value.run?.state === 'finished';
      },
      undefined,
      { timeout: 120_000, polling: 500 },
    );
    const { p99Ms, worstMs } = await app.electron.evaluate(() => {
      const delays = Reflect.get(globalThis, 'benchDelays') as {
        percentile(of: number): number;
        readonly max: number;
      };
      return { p99Ms: delays.percentile(99) / 1e6, worstMs: delays.max / 1e6 };
    });
    return [
      // The monitor's own resolution is part of what it reports.
      atMost(name, Math.max(0, p99Ms - 5), 20, 'ms'),
      stated('the same: worst', `${(worstMs - 5).toFixed(1)} ms`),
    ];
  } finally {
    await app.close();
    await store.close();
    await place.drop(folder);
  }
}

async function answerFolder(app: RunningApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await app.page.waitForFunction(async () => {
    const reply = await window.crateful.getSnapshot();
    return reply.ok && reply.value.purchases.state === 'ready';
  });
  await app.page.evaluate(async () => {
    await window.crateful.pickFolder();
    await window.crateful.useFolder({ mode: 'use' });
  });
}

/** What the app costs when nobody looks: no window, nothing to do. */
async function measureIdle(place: Workplace, library: SyncedLibrary): Promise<Figure[]> {
  place.say('window: watching the idle tray');
  const use = await idleUse(
    { home: library.home, environment: environmentOf(library.store.addresses) },
    IDLE_MS,
  );
  if (use === null) return [missing('idle in the tray', 'only Linux tells it per process')];
  return [
    stated('idle in the tray: CPU', `${use.cpuPercent.toFixed(2)} % of one core`),
    stated('idle in the tray: memory', `${use.memoryMb.toFixed(0)} MB`),
  ];
}
