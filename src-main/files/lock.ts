import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { CratefulError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { diskError, type FileSystem, ifThere, makeFolders, systemCode } from './file-system.ts';

/** A lock that is held until it is released, its process dies, or another takes it for abandoned. */
export interface Lock {
  /**
   * Aborted with `ALREADY_RUNNING` when another process took the lock over while this one could not beat (a computer
   * asleep for long): whoever holds it must stop.
   */
  readonly lost: AbortSignal;
  /** Gives the lock back; never another's. Safe to call twice. */
  release(): Promise<void>;
}

/** Who asks for a lock and how long silence may last. */
export interface LockOptions {
  readonly pid: number;
  /** The computer's name. A process id means something on its own computer only. */
  readonly host: string;
  readonly clock: Clock;
  /** How often the holder shows that it lives. */
  readonly heartbeatMs: number;
  /** Silence after which a holder on another computer may be taken for dead; several heartbeats. */
  readonly staleMs: number;
  /** Who this is, for the sentence the other one sees, such as `Crateful's window`. */
  readonly what: string;
}

const claimSchema = z.object({
  owner: z.string(),
  pid: z.number(),
  host: z.string(),
  what: z.string(),
  released: z.boolean(),
  /** When it was taken, in unix milliseconds on the holder's clock; claims of earlier versions do not say. */
  sinceMs: z.number().optional(),
  /** Unix milliseconds on the holder's clock. */
  beatAtMs: z.number(),
});
type Claim = z.infer<typeof claimSchema>;

/**
 * Takes the lock named by `file` (architecture §8), or throws `ALREADY_RUNNING { holder, pid, sinceMs }`; disk faults as
 * {@link diskError} names them.
 *
 * The lock is a row of files `<file>.1`, `<file>.2`, …, of which the highest counts. A lock is taken by creating the
 * next number, exclusively, and only once the highest was released or its holder is dead; so of several that
 * take over at once one wins. The highest is never deleted, only marked as released: a number can then not be
 * given twice, however late someone acts on what they saw. Works where only exclusive creation does, as on exFAT and
 * network shares (docs/decisions/lock-by-heartbeat.md).
 */
export async function acquireLock(
  fs: FileSystem,
  file: string,
  options: LockOptions,
): Promise<Lock> {
  try {
    await makeFolders(fs, dirname(file));
    for (;;) {
      const top = Math.max(0, ...(await numbers(fs, file)));
      if (top > 0) await requireFree(fs, `${file}.${top}`, options);
      const mine = await claimNumber(fs, file, top + 1, options);
      if (mine) return hold(fs, file, top + 1, mine, options);
    }
  } catch (error) {
    throw diskError(error, basename(file));
  }
}

async function numbers(fs: FileSystem, file: string): Promise<number[]> {
  const prefix = `${basename(file)}.`;
  const names = await fs.readdir(dirname(file));
  return names
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d*$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

/** The claim in a file; null while it is being written, or when its writer died doing so. */
async function readClaim(fs: FileSystem, path: string): Promise<Claim | null> {
  try {
    return claimSchema.parse(JSON.parse(await fs.readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** `ALREADY_RUNNING`, naming the holder as someone at the computer `host` would know it. */
const alreadyRunning = (holder: Claim | null, host: string): CratefulError => {
  const elsewhere = holder && holder.host !== host ? ` (${holder.host})` : '';
  return new CratefulError('ALREADY_RUNNING', {
    holder: `${holder?.what ?? 'Crateful'}${elsewhere}`,
    pid: holder?.pid ?? 0,
    sinceMs: holder?.sinceMs ?? holder?.beatAtMs ?? 0,
  });
};

/** Returns when the claim at `path` was released, is gone, or its holder is dead; else throws `ALREADY_RUNNING`. */
async function requireFree(fs: FileSystem, path: string, options: LockOptions): Promise<void> {
  const { clock, host, pid, heartbeatMs, staleMs } = options;
  const claim = await ifThere(readClaim(fs, path));
  if (claim) {
    if (claim.released || (claim.host === host && !isAlive(claim.pid))) return;
    const silentMs = clock.now() - claim.beatAtMs;
    // Our own id may be that of a dead process, in a container that was started again: then listen first.
    const ourOwnId = claim.host === host && claim.pid === pid;
    if (silentMs >= 0 && silentMs < staleMs && !ourOwnId) throw alreadyRunning(claim, host);
  }
  // The clocks of two computers need not agree: only silence that was listened to counts.
  await clock.sleep(Math.min(staleMs, heartbeatMs * 3));
  const later = await ifThere(readClaim(fs, path));
  if (later === null || later.released) return;
  if (later.owner !== claim?.owner || later.beatAtMs !== claim.beatAtMs) {
    throw alreadyRunning(later, host);
  }
}

/** Whether a process of this computer lives; one that belongs to another user does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/** Creates `<file>.<number>`; null when someone else was faster. */
async function claimNumber(
  fs: FileSystem,
  file: string,
  number: number,
  options: LockOptions,
): Promise<Claim | null> {
  const path = `${file}.${number}`;
  const nowMs = options.clock.now();
  const claim: Claim = {
    owner: randomUUID(),
    pid: options.pid,
    host: options.host,
    what: options.what,
    released: false,
    sinceMs: nowMs,
    beatAtMs: nowMs,
  };
  try {
    await writeClaim(fs, path, claim, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return null;
    throw error;
  }
  const all = await numbers(fs, file);
  if (all.some((other) => other > number)) {
    // The number was used and cleared away before: what we judged free was long ago.
    await fs.unlink(path);
    return null;
  }
  for (const lower of all.filter((other) => other < number)) {
    // Left over where another program holds it open: a lower number means nothing, and the next holder clears it.
    await fs.rm(`${file}.${lower}`, { force: true }).catch(() => undefined);
  }
  return claim;
}

async function writeClaim(
  fs: FileSystem,
  path: string,
  claim: Claim,
  flags: 'wx' | 'r+',
): Promise<void> {
  const handle = await fs.open(path, flags);
  try {
    // Padded, so that a later claim over this one leaves no tail; one write, so that readers see a whole one.
    await handle.write(Buffer.from(JSON.stringify(claim).padEnd(1024)), 0, undefined, 0);
  } finally {
    await handle.close();
  }
}

function hold(
  fs: FileSystem,
  file: string,
  number: number,
  claim: Claim,
  { clock, heartbeatMs, host }: LockOptions,
): Lock {
  const path = `${file}.${number}`;
  const stop = new AbortController();
  const lost = new AbortController();

  /** The highest number, when it is no longer ours. */
  const rival = async (): Promise<number | null> => {
    const top = Math.max(0, ...(await numbers(fs, file)));
    if (top !== number) return top;
    return (await readClaim(fs, path))?.owner === claim.owner ? null : top;
  };

  const beat = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(heartbeatMs, stop.signal);
      try {
        const other = await rival();
        if (other !== null) {
          const holder = await ifThere(readClaim(fs, `${file}.${other}`));
          return lost.abort(alreadyRunning(holder, host));
        }
        await writeClaim(fs, path, { ...claim, beatAtMs: clock.now() }, 'r+');
      } catch {
        // A drive that is away for a moment costs a beat, not the lock.
      }
    }
  };
  const beating = beat().catch((error: unknown) => {
    if (!stop.signal.aborted) lost.abort(error);
  });

  return {
    lost: lost.signal,
    async release() {
      if (stop.signal.aborted) return beating;
      stop.abort();
      await beating;
      try {
        if ((await rival()) === null) {
          await writeClaim(fs, path, { ...claim, released: true }, 'r+');
        }
      } catch {
        // The drive is away: the claim is gone with it, or soon found to be a dead process's.
      }
    },
  };
}
