import { type AudioPool, createAudioPool } from '../../src-main/audio/pool.ts';

/** The threads of this process by what they run: to start and warm up two for each engine is most of a small sync. */
const pools = new Map<string, AudioPool>();

/**
 * A pool of one engine on threads that all engines of a test file share. Closing it cancels what this engine has under
 * way, as it does with threads of its own.
 */
export const sharedAudioPool: typeof createAudioPool = (options) => {
  const key = options.workerUrl.href;
  const pool = pools.get(key) ?? createAudioPool(options);
  pools.set(key, pool);
  const closed = new AbortController();
  const until = (signal: AbortSignal | undefined) =>
    signal ? AbortSignal.any([signal, closed.signal]) : closed.signal;
  return {
    prove: (request, signal) => pool.prove(request, until(signal)),
    tag: (request, signal) => pool.tag(request, until(signal)),
    inspect: (path, signal) => pool.inspect(path, until(signal)),
    identify: (path, signal) => pool.identify(path, until(signal)),
    hash: (path) => pool.hash(path),
    facts: (paths, signal) => pool.facts(paths, until(signal)),
    close: async () => closed.abort(),
  };
};
