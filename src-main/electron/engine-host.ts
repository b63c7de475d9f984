import type { RebuildReport } from '../../src-preload/contract/recovery.ts';
import type { Delta } from '../../src-preload/contract/views.ts';
import type { Engine } from '../engine.ts';
import type { Rebuilt } from '../library/rebuild.ts';

/** Which of the two worlds the window shows; nothing of one reaches the other. */
export type World = 'real' | 'demo';

/** A built engine with what must stop after it, such as the demo store. */
export interface Built {
  readonly engine: Engine;
  stop(): Promise<void>;
}

/** Keeps the one engine that is in force and replaces it as a whole. */
export interface EngineHost {
  /** The engine, built on first use; a build that failed is tried again at the next call. Throws its fault. */
  current(): Promise<Engine>;
  /**
   * Ends the present engine and builds the other world's; the window is told with a `reset`. Throws the
   * build's fault, and then stays in the world it was in.
   */
  switchTo(world: World): Promise<void>;
  /** Ends the present engine and builds the same world's anew, for what an engine only takes in when built. */
  rebuild(): Promise<void>;
  /**
   * Rebuilds the record of the world whose engine could not be built because it is damaged, and begins anew on it; null
   * when nothing is damaged. Throws the rebuild's fault or the build's.
   */
  recover(): Promise<RebuildReport | null>;
  /** Whether the demo is shown, or about to be. */
  isDemo(): boolean;
  /** Ends the engine for good. */
  dispose(): Promise<void>;
}

/** A host that starts in `world`; `send` gets every delta of whichever engine is in force. */
export function createEngineHost(options: {
  readonly world: World;
  build(world: World): Promise<Built>;
  /** Puts another record in the place of a damaged one; null when it is whole. */
  rebuildRecord(world: World): Promise<Rebuilt | null>;
  send(delta: Delta): void;
}): EngineHost {
  let world = options.world;
  let built: Promise<Built> | null = null;
  let switching: Promise<void> = Promise.resolve();
  let disposed = false;
  let seq = 0;

  const send = (delta: Delta): void => {
    seq = Math.max(seq, delta.seq);
    options.send(delta);
  };

  function start(): Promise<Built> {
    if (disposed) return Promise.reject(new Error('The shell is shutting down.'));
    const started = options.build(world).then((fresh) => {
      fresh.engine.onDelta((delta) => {
        if (built === started) send(delta);
      });
      const { damaged } = fresh.engine;
      // An engine on a damaged record goes on with nothing: the next one says what can be done, or finds it whole.
      damaged.addEventListener('abort', () => {
        if (built === started) inTurn(() => replace(world)).catch(() => undefined);
      });
      return fresh;
    });
    built = started;
    started.catch(() => {
      if (built === started) built = null;
    });
    return started;
  }

  async function stopCurrent(): Promise<void> {
    const ending = built;
    built = null;
    const present = await ending?.catch(() => null);
    if (!present) return;
    await present.engine.dispose();
    await present.stop();
  }

  async function replace(next: World): Promise<void> {
    const previous = world;
    await stopCurrent();
    world = next;
    try {
      await start();
    } catch (error) {
      world = previous;
      throw error;
    } finally {
      send({ seq: seq + 1, reset: true });
    }
  }

  async function recover(): Promise<RebuildReport | null> {
    const present = await built?.catch(() => null);
    if (present && !present.engine.damaged.aborted) return null;
    await stopCurrent();
    try {
      const rebuilt = await options.rebuildRecord(world);
      const { engine } = await start();
      return rebuilt && (await engine.care.learnAgain(rebuilt));
    } finally {
      send({ seq: seq + 1, reset: true });
    }
  }

  function inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const next = switching.then(step);
    switching = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }

  return {
    async current() {
      await switching;
      return (await (built ?? start())).engine;
    },
    switchTo(next) {
      return inTurn(async () => {
        if (next !== world || built === null) await replace(next);
      });
    },
    rebuild: () => inTurn(() => replace(world)),
    recover: () => inTurn(recover),
    isDemo: () => world === 'demo',
    dispose() {
      return inTurn(async () => {
        disposed = true;
        await stopCurrent();
      });
    },
  };
}
