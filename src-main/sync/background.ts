import type { BackgroundView } from '../../src-preload/contract/background.ts';
import type { AccountId } from '../../src-preload/contract/ids.ts';
import type { Delta, RunView } from '../../src-preload/contract/views.ts';
import { asCratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Library } from '../library/library.ts';
import type { HttpClient } from '../net/http.ts';
import type { Ports } from '../ports.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { AccountLibrary } from './account-library.ts';
import { createGoingOn } from './going-on.ts';
import { createReach } from './reach.ts';
import type { EndedRun, RunControl } from './run-control.ts';
import { type Decision, decide, jitterMs, needsSync, type Situation } from './schedule.ts';
import { createScheduleMemory } from './schedule-memory.ts';
import type { Session } from './session.ts';
import { wantedFiles } from './stored-settings.ts';
import type { View } from './view.ts';

/** The schedule looks at the wall's clock at least this often: it may have been set, or have stood still. */
const LONGEST_SLEEP_MS = 60_000;
/** Before what could not be done is tried again. */
const SHORTEST_SLEEP_MS = 500;
/** So long the system's word that the network is gone must hold before a run without a byte is stopped. */
const GONE_MS = 3000;

/** What syncing in the background works with. */
export interface BackgroundParts
  extends Pick<Ports, 'clock' | 'random' | 'network' | 'power' | 'log'> {
  readonly library: Pick<Library, 'settings' | 'runs' | 'jobs'>;
  readonly fs: FileSystem;
  /** The data folder. */
  readonly home: string;
  readonly qobuz: Pick<Qobuz, 'purchaseStamp'>;
  readonly http: Pick<HttpClient, 'dropIdleConnections'>;
  readonly control: Pick<RunControl, 'running' | 'start' | 'stop' | 'goOn'>;
  readonly session: Pick<Session, 'ended'>;
  readonly own: Pick<AccountLibrary, 'lookAtRoot'>;
  readonly view: Pick<View, 'part' | 'changed' | 'onDelta'>;
  /** False in the demo, which syncs only when asked. */
  readonly scheduled: boolean;
}

/** Syncs that nobody has to ask for, and those that stopped for want of network, drive or room. */
export interface Background {
  view(): BackgroundView;
  /** From now on looks, syncs and goes on by itself. */
  begin(): Promise<void>;
  /** Whether it looks for purchases right now or is about to, so that nobody else needs to. */
  isLooking(): boolean;
  /** Takes in how a run ended. */
  runEnded(run: EndedRun): void;
  /** Somebody stopped what waits to go on: it waits no more. */
  giveUp(): void;
  dispose(): void;
}

/** Makes the background of one engine; it does nothing before {@link Background.begin}. */
export function createBackground(parts: BackgroundParts): Background {
  const { clock, network, power, control, view } = parts;
  const over = new AbortController();
  const reach = createReach(parts);
  const memory = createScheduleMemory(parts.library);
  const left = createGoingOn(parts);
  const stops: (() => void)[] = [];
  let wake = new AbortController();
  let account: AccountId | null = null;
  /** When a look or full run last came to an end that may have been a bad one. */
  let triedAtMs: number | null = null;
  let chance = parts.random();
  /** Whether what goes on was begun here, by the schedule. */
  let mine = false;
  let shown = '';

  const noted = (error: unknown) =>
    parts.log('warning', `background: ${asCratefulError(error).code}`);
  const isMoving = () => view.part('move')?.state === 'running';

  const situation = (): Situation => {
    const settings = view.part('settings');
    const root = view.part('root');
    const { lookedAtMs, lastRunMs } = memory.times();
    const isAway = left.waiting()?.with === 'drive' && !left.isDiskReady();
    const everyMinutes = parts.scheduled ? settings.syncEveryMinutes : 0;
    return {
      nowMs: clock.now(),
      everyMinutes,
      onBatteryToo: settings.syncOnBattery,
      lastLookMs: later(lookedAtMs, triedAtMs),
      jitterMs: jitterMs(everyMinutes, chance),
      interrupted: left.waiting()?.by ?? null,
      setUp: settings.setupStep === 'done' || lastRunMs !== null,
      // While the library is on its way to another folder nothing begins either.
      running: control.running() || isMoving(),
      online: reach.online(),
      onBattery: power.onBattery(),
      signedIn: view.part('account')?.signedIn ?? false,
      hasFolder: (root?.state === 'ready' || root?.state === 'new') && !isAway,
      hasRoom: left.isDiskReady() || isAway,
      rested: left.isRested(),
      paused: view.part('queue').paused,
    };
  };

  const viewed = (): BackgroundView => {
    const { nextSyncAtMs, holding } = decide(situation());
    const { lookedAtMs, lastRunMs } = memory.times();
    const lastSyncAtMs = later(lookedAtMs, lastRunMs);
    const online = reach.online();
    // Nobody looks before this has begun: a command line, or an engine still being put together.
    return stops.length === 0
      ? { online, nextSyncAtMs: null, lastSyncAtMs, holding: null, goesOnWith: null }
      : { online, nextSyncAtMs, lastSyncAtMs, holding, goesOnWith: left.waiting()?.with ?? null };
  };

  const show = () => {
    const next = JSON.stringify(viewed());
    if (next !== shown) view.changed('background');
    shown = next;
  };

  /** What is due is counted from now on, whatever came of it. */
  const tried = () => {
    triedAtMs = clock.now();
    chance = parts.random();
  };

  /** The stamp the service gives now; undefined when it did not answer or ended the session. */
  const ask = async (): Promise<number | null | undefined> => {
    try {
      const stamp = await parts.qobuz.purchaseStamp(over.signal);
      reach.found(true);
      return stamp;
    } catch (error) {
      if (over.signal.aborted) return undefined;
      const offline = hasCode(error, 'OFFLINE');
      reach.found(!offline);
      // Without a network the look stays due; after any other fault it waits for its next turn.
      if (!offline) tried();
      if (hasCode(error, 'SIGN_IN_REQUIRED')) await parts.session.ended();
      return undefined;
    }
  };

  const sync = async (begin: () => Promise<RunView>) => {
    mine = true;
    try {
      await begin();
      await parts.own.lookAtRoot();
    } finally {
      mine = false;
    }
  };

  /** Asks for the stamp and syncs when something may have changed; else the look is all there was to do. */
  const look = async () => {
    const stamp = await ask();
    const root = view.part('root');
    if (stamp === undefined || !root || isMoving() || control.running()) return;
    const jobs = root.id ? await parts.library.jobs.open(root.id) : [];
    const needed = needsSync(
      {
        nowMs: clock.now(),
        stamp,
        rootId: root.id ?? '',
        wanted: wantedFiles(view.part('settings')),
        jobsLeft: jobs.some(({ state }) => state === 'waiting' || state === 'committing'),
      },
      memory.synced(),
    );
    if (over.signal.aborted || isMoving() || control.running()) return;
    if (needed) return sync(() => control.start(null));
    tried();
    await memory.looked(clock.now());
  };

  const goOn = async () => {
    const by = left.waiting()?.by;
    left.giveUp();
    await (by === 'scheduled' ? sync(() => control.goOn()) : control.goOn());
  };

  const act = async ({ act, holding }: Decision) => {
    if (act === 'look') await look();
    if (act === 'go-on') await goOn();
    if (holding === 'offline' && reach.probeInMs() === 0) await ask();
    // The drive may be back, or there may be room: what is due then is begun at the next turn.
    if (act === 'wait' && left.lookInMs() === 0) await left.look();
  };

  const sleepMs = (): number => {
    const { act, holding, nextSyncAtMs } = decide(situation());
    if (act !== 'wait') return SHORTEST_SLEEP_MS;
    const longest = left.lookInMs() ?? LONGEST_SLEEP_MS;
    const probe = holding === 'offline' ? reach.probeInMs() : null;
    const due = nextSyncAtMs === null ? 0 : nextSyncAtMs - clock.now();
    return Math.min(longest, due > 0 ? due : longest, probe ?? longest);
  };

  const takeAccount = async () => {
    const id = view.part('account')?.id ?? null;
    if (id === account) return;
    await memory.load(id);
    account = id;
    triedAtMs = null;
    left.giveUp();
  };

  const loop = async () => {
    while (!over.signal.aborted) {
      wake = new AbortController();
      try {
        await takeAccount();
        show();
        await act(decide(situation()));
      } catch (error) {
        // Faults of a run stand in its view; what else fails must not end the schedule.
        noted(error);
        tried();
      }
      show();
      const signal = AbortSignal.any([wake.signal, over.signal]);
      await clock.sleep(sleepMs(), signal).catch(() => undefined);
    }
  };

  /**
   * A run without a network only spends its attempts: it is stopped, and goes on when the network is back. One that
   * still gets bytes is not: the system may be wrong.
   */
  const stopWhenGone = async () => {
    let before = null as RunView | null;
    while (!network.online() && control.running()) {
      const run = view.part('run');
      const silent = run?.id === before?.id && run?.totals.bytes === before?.totals.bytes;
      const active = run?.state === 'running' || run?.state === 'preparing';
      if (silent && active) return control.stop('offline');
      before = run;
      await clock.sleep(GONE_MS, over.signal);
    }
  };

  const onNetwork = (online: boolean) => {
    reach.forget();
    show();
    if (!online) stopWhenGone().catch(() => undefined);
    wake.abort();
  };

  const onPower = (what: 'source' | 'resumed') => {
    if (what === 'resumed') {
      parts.http.dropIdleConnections();
      reach.forget();
    }
    wake.abort();
  };

  const onDelta = ({ settings, account: of, root, queue, move }: Delta) => {
    const moved = move?.state === 'running' ? undefined : move;
    if ([settings, of, root, queue, moved].some((part) => part !== undefined)) wake.abort();
  };

  return {
    view: viewed,
    async begin() {
      await takeAccount();
      stops.push(view.onDelta(onDelta), network.onChange(onNetwork), power.onChange(onPower));
      void loop();
    },
    isLooking: () => stops.length > 0 && (mine || decide(situation()).act === 'look'),
    runEnded({ view: run, full, stamp }) {
      const offline = run.error?.code === 'OFFLINE';
      const well = run.state === 'finished';
      if (offline || well) reach.found(well);
      left.ended(run.error, mine ? 'scheduled' : 'asked').then(() => wake.abort(), noted);
      // One that somebody stopped, or a fault, must not be followed by another at once.
      if ((full || !well) && !left.waiting()) tried();
      if (well) {
        const root = view.part('root');
        const wanted = wantedFiles(view.part('settings'));
        const atMs = clock.now();
        const state = full && root?.id ? { stamp, atMs, rootId: root.id, wanted } : null;
        memory.finished(atMs, state).catch(noted);
      }
      show();
      wake.abort();
    },
    giveUp() {
      left.giveUp();
      show();
      wake.abort();
    },
    dispose() {
      over.abort();
      for (const stop of stops) stop();
    },
  };
}

const later = (one: number | null, other: number | null): number | null =>
  one === null || (other !== null && other > one) ? other : one;
