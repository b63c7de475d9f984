import type { VerifyFinding, VerifyView } from '../../src-preload/contract/album-view.ts';
import { ERRORS, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError, CratefulError, hasCode } from '../errors.ts';
import { INTERRUPTED, listenForInterruption } from './interruption.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';
import { signInFromEnvironment } from './sign-in.ts';
import { createVerifyOutput, type VerifyOutput } from './verify-output.ts';

/** What `crateful verify` was told. */
export interface VerifyOptions {
  readonly album?: readonly AlbumId[];
  readonly repair?: boolean;
  readonly json?: boolean;
}

/**
 * `crateful verify`: reads every file again and compares it with its receipt; with `--repair` fetches again what is
 * missing or damaged, as a press in the window does, and reads those albums once more. Gives the exit code: 0 all whole,
 * 1 something is not, 3 sign-in needed to repair, 4 folder or disk, 130 interrupted.
 */
export async function verify(
  options: VerifyOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const output = createVerifyOutput(options, sentences);
  let broken: readonly VerifyFinding[] = [];
  let repaired: number | null = null;
  let last: VerifyView | null = null;
  let fault: ErrorView | null = null;
  const end = () =>
    output.end({ view: last, broken, repaired, fault, interrupted: signal.aborted });
  const interruption = listenForInterruption(() => end());
  const { signal } = interruption;
  try {
    await withEngine(version, async (engine) => {
      const check = async (albumIds: readonly AlbumId[] | null) => {
        const found: VerifyFinding[] = [];
        const view = await run(engine, { albumIds, signal, output, found });
        last = view;
        broken = found;
        if (view.error) throw new CratefulError(view.error.code, view.error.params);
      };
      const { album } = options;
      if (album) await requireOwned(engine, album);
      await check(album ?? null);
      const albumIds = new Set(broken.filter(isFetchable).map(({ albumId }) => albumId));
      if (!options.repair || albumIds.size === 0 || signal.aborted) return;
      const before = broken;
      await repair(engine, [...albumIds], { signal, output });
      const others = before.filter(({ albumId }) => !albumIds.has(albumId));
      await check([...albumIds]);
      broken = [...broken, ...others];
      repaired = before.length - broken.length;
    });
  } catch (error) {
    const stopped = signal.aborted || hasCode(error, 'CANCELLED');
    fault = stopped ? null : asCratefulError(error).toView();
  }
  end();
  interruption.dispose();
  if (signal.aborted) return INTERRUPTED;
  return fault ? ERRORS[fault.code].exit : broken.length > 0 ? 1 : 0;
}

/** What a sync fetches again; other whole sound is somebody's, and stays. */
const isFetchable = ({ problem }: VerifyFinding): boolean => problem !== 'changed';

async function withEngine(version: string, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await openEngine({}, version);
  try {
    await work(engine);
  } finally {
    await engine.dispose();
  }
}

/** Throws `INVALID_REQUEST` {reason} for an album nobody bought: nothing of it would be checked. */
async function requireOwned(engine: Engine, albumIds: readonly AlbumId[]): Promise<void> {
  const { albums } = await engine.snapshot();
  const owned = new Set(albums.map(({ id }) => id));
  const unknown = albumIds.find((id) => !owned.has(id));
  if (unknown !== undefined) throw new CratefulError('INVALID_REQUEST', { reason: unknown });
}

async function run(
  engine: Engine,
  at: {
    readonly albumIds: readonly AlbumId[] | null;
    readonly signal: AbortSignal;
    readonly output: VerifyOutput;
    readonly found: VerifyFinding[];
  },
): Promise<VerifyView> {
  const { albumIds, signal, output, found } = at;
  signal.throwIfAborted();
  const stop = engine.onDelta(({ verify: view }) => {
    if (view) output.progress(view);
  });
  const cancel = () => void engine.verification.cancel();
  try {
    const { ended } = await engine.verification.start(albumIds, (finding) => {
      found.push(finding);
      output.finding(finding);
    });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    return await ended;
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}

async function repair(
  engine: Engine,
  albumIds: readonly AlbumId[],
  { signal, output }: { readonly signal: AbortSignal; readonly output: VerifyOutput },
): Promise<void> {
  output.repairing();
  await signInFromEnvironment(engine, signal);
  signal.throwIfAborted();
  const stopSync = () => void engine.stopSync();
  signal.addEventListener('abort', stopSync, { once: true });
  const stop = engine.onDelta((delta) => output.sync(delta));
  try {
    const { queue } = await engine.snapshot();
    const ended = engine.startSync({ albumIds });
    const [view] = await Promise.all([ended, queue.paused ? engine.queue.resume() : null]);
    if (view.error) throw new CratefulError(view.error.code, view.error.params);
  } finally {
    stop();
    signal.removeEventListener('abort', stopSync);
  }
}
