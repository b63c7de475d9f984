import type { JobId } from '../../src-preload/contract/ids.ts';
import type { Job, Refusal } from '../../src-preload/contract/library.ts';
import type { JobStage, JobState } from '../../src-preload/contract/states.ts';
import { asCratefulError, type CratefulError } from '../errors.ts';
import type { EventStream } from '../events.ts';
import { partPath } from '../files/root.ts';
import type { Library } from '../library/library.ts';
import { type AttemptHooks, type AttemptParts, attemptTrack } from './attempt.ts';
import { attemptContext } from './attempt-context.ts';
import { createPool, type Pool } from './pool.ts';
import { isLastingRefusal, nextStep } from './retry.ts';
import { attemptSideFile } from './side-attempt.ts';

/** What a run hears from its downloads. */
export interface DownloadListener {
  jobChanged(job: Job): void;
  stageChanged(id: JobId, stage: JobStage): void;
  progressed(id: JobId, receivedBytes: number, totalBytes: number): void;
  networkBytes(id: JobId, bytes: number): void;
  /** Whether jobs wait for a slot or for their next attempt. */
  waitingChanged(waiting: boolean): void;
  /** A fault of the run or the account: nothing more is started, parts are kept, jobs wait. */
  runFault(error: CratefulError): void;
}

/** What the downloader works with besides what an attempt needs. */
export interface DownloaderParts extends AttemptParts {
  readonly library: Library;
  readonly events: Pick<EventStream, 'emit'>;
  readonly listener: DownloadListener;
  readonly concurrency: number;
  /** Whether it begins paused. */
  readonly paused: boolean;
  /** The entitlement a refusal was answered for: a change asks again. */
  readonly formatsKeyOf: (job: Job) => string;
}

/** The bounded pool over persisted jobs. Stopping or pausing it leaves nothing but jobs that wait. */
export interface Downloader extends Omit<Pool<Job>, 'stop' | 'take'> {
  /** Takes jobs out, running ones too, and leaves them in that state; what ended meanwhile keeps its own. */
  take(ids: ReadonlySet<JobId>, state: 'waiting' | 'paused' | 'cancelled'): Promise<void>;
  stop(): Promise<void>;
}

/** Runs jobs to their end, persisting every change of state before it is shown. */
export function createDownloader(deps: DownloaderParts): Downloader {
  const proofFailures = new Map<JobId, number>();
  /** What becomes of jobs that are being taken out. */
  const leaving = new Map<JobId, JobState>();
  let stopping = false;
  const { jobs, refusals } = deps.library;

  const change = async (job: Job, patch: Partial<Job>): Promise<Job> => {
    const next = { ...job, ...patch };
    await jobs.update(job.id, patch);
    deps.listener.jobChanged(next);
    return next;
  };

  const hooksFor = (job: Job, signal: AbortSignal): AttemptHooks => ({
    signal,
    onStage: (stage) => deps.listener.stageChanged(job.id, stage),
    onProgress: (received, total) => deps.listener.progressed(job.id, received, total),
    onNetworkBytes: (bytes) => deps.listener.networkBytes(job.id, bytes),
    onProofFailed: () => proofFailures.set(job.id, (proofFailures.get(job.id) ?? 0) + 1),
    onRefusedFormat: (formatId, restriction) =>
      emit(job, 'FORMAT_REFUSED', 'warning', { formatId, restriction }),
  });

  const emit = (
    job: Job,
    code: Parameters<EventStream['emit']>[0]['code'],
    severity: 'info' | 'warning' | 'error',
    context: Record<string, string | number | null>,
  ) =>
    deps.events.emit({
      code,
      severity,
      runId: job.runId,
      jobId: job.id,
      attempt: job.attempts,
      accountId: job.accountId,
      context: { albumId: job.albumId, trackId: job.trackId, ...context },
    });

  const work = async (queued: Job, signal: AbortSignal): Promise<void> => {
    let job = queued;
    try {
      job = await change(job, { state: 'running', attempts: job.attempts + 1, error: null });
      const hooks = hooksFor(job, signal);
      if (job.kind === 'track') await attemptTrack(deps, { ...job, error: queued.error }, hooks);
      else await attemptSideFile(deps, job, job.kind, hooks);
      const finished = (await jobs.get(job.id)) ?? { ...job, state: 'done' as const };
      emit(job, 'JOB_DONE', 'info', {});
      deps.listener.jobChanged(finished);
      proofFailures.delete(job.id);
    } catch (error) {
      await settle(job, asCratefulError(error), signal).catch((fault: unknown) =>
        deps.listener.runFault(asCratefulError(fault)),
      );
    }
  };

  const settle = async (job: Job, error: CratefulError, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) {
      await interrupted(job);
      return;
    }
    const step = nextStep({
      error,
      kind: job.kind,
      attempts: job.attempts,
      proofFailures: proofFailures.get(job.id) ?? 0,
    });
    emit(job, 'ATTEMPT_FAILED', 'warning', { next: step.kind, ...attemptContext(error) });
    switch (step.kind) {
      case 'retry': {
        const notBeforeMs = deps.clock.now() + step.delayMs;
        const next = await change(job, { state: 'retrying', notBeforeMs, error: error.toView() });
        if (signal.aborted) await interrupted({ ...next, attempts: next.attempts + 1 });
        else pool.add([next], step.delayMs);
        return;
      }
      case 'stop-run':
        await change(job, { state: 'waiting', attempts: job.attempts - 1, error: error.toView() });
        deps.listener.runFault(error);
        return;
      case 'unavailable':
      case 'failed':
        await end(job, error, step.kind);
    }
  };

  /** Stopped from outside: this try does not count against the job. */
  const interrupted = async (job: Job): Promise<void> => {
    const state = leaving.get(job.id) ?? 'waiting';
    const left = await change(job, { state, attempts: job.attempts - 1, notBeforeMs: 0 });
    // A pause of everything leaves it in the queue.
    if (!leaving.has(job.id) && !stopping) pool.add([left]);
  };

  const end = async (job: Job, error: CratefulError, state: 'failed' | 'unavailable') => {
    if (isLastingRefusal(error.code) && job.trackId !== null) {
      const refusal: Refusal = {
        accountId: job.accountId,
        trackId: job.trackId,
        error: error.toView(),
        formatsKey: deps.formatsKeyOf(job),
        refusedAtMs: deps.clock.now(),
      };
      await refusals.put(refusal);
    }
    await deps.fs.rm(partPath(deps.rootPath, job.id, 'tagged'), { force: true });
    emit(
      job,
      state === 'failed' ? 'JOB_FAILED' : 'JOB_UNAVAILABLE',
      state === 'failed' ? 'error' : 'info',
      { error: error.code },
    );
    await change(job, { state, error: error.toView() });
  };

  const pool = createPool<Job>({
    clock: deps.clock,
    concurrency: deps.concurrency,
    paused: deps.paused,
    work,
    onWaiting: (waiting) => deps.listener.waitingChanged(waiting),
  });
  return {
    ...pool,
    async take(ids, state) {
      for (const id of ids) leaving.set(id, state);
      try {
        const waiting = await pool.take(ids);
        const patch = { state, notBeforeMs: 0 };
        await jobs.updateMany(waiting.map(({ id }) => ({ id, patch })));
        for (const job of waiting) deps.listener.jobChanged({ ...job, ...patch });
      } finally {
        for (const id of ids) leaving.delete(id);
      }
    },
    async stop() {
      stopping = true;
      for (const job of await pool.stop()) {
        if (job.state === 'retrying') await change(job, { state: 'waiting', notBeforeMs: 0 });
      }
    },
  };
}
