import { basename } from 'node:path';
import type { RebuildReport } from '../../src-preload/contract/recovery.ts';
import { asCratefulError } from '../errors.ts';
import { backUp, isBackupDue } from '../library/backups.ts';
import { backupFolder } from '../library/database.ts';
import type { Library } from '../library/library.ts';
import type { Rebuilt } from '../library/rebuild.ts';
import type { Ports } from '../ports.ts';
import type { AccountLibrary } from './account-library.ts';
import type { Session } from './session.ts';

/** It is looked this often whether a new day has begun: the clock may have been set, or have stood still. */
const LOOK_MS = 3600_000;

/** The care for what Crateful knows of a library: its backups, and what comes back after it was rebuilt. */
export interface RecordCare {
  /** Makes today's backup when there is none yet. Throws what `backUp` throws. */
  backUpIfDue(): Promise<void>;
  /** From now on makes one a day. */
  begin(): void;
  /** A run has ended: the first of all leaves what is worth a backup. */
  runEnded(): void;
  /** Learns again what a rebuilt record does not say: from kept sign-ins, and from the music folder. */
  learnAgain(rebuilt: Rebuilt): Promise<RebuildReport>;
  dispose(): Promise<void>;
}

/** Makes the care of one engine's record. */
export function createRecordCare(parts: {
  readonly library: Library;
  /** The database. */
  readonly file: string;
  readonly backupWorkerUrl: URL;
  readonly clock: Ports['clock'];
  readonly log: Ports['log'];
  readonly session: Pick<Session, 'account' | 'recover'>;
  readonly own: Pick<AccountLibrary, 'openCurrentRoot' | 'reload' | 'root'>;
}): RecordCare {
  const { library, file, clock, session, own } = parts;
  const over = new AbortController();
  let making: Promise<void> = Promise.resolve();
  let begun = false;

  const hasRoot = async (): Promise<boolean> => {
    const accounts = await library.accounts.list();
    const roots = await Promise.all(accounts.map(({ id }) => library.roots.list(id)));
    return roots.flat().length > 0;
  };

  const backUpIfDue = async () => {
    // Before a music folder is in use nothing could be lost, and a copy that knows of none would stand for the day.
    if (library.damaged.aborted || !(await hasRoot())) return;
    const folder = backupFolder(file);
    const nowMs = clock.now();
    if (!(await isBackupDue(folder, nowMs))) return;
    await backUp(parts.backupWorkerUrl, { file, folder, nowMs });
  };

  /** One after the other: two at once would write the same file. */
  const make = (): Promise<void> => {
    making = making.then(backUpIfDue).catch((error: unknown) => {
      parts.log('warning', `backup: ${asCratefulError(error).code}`);
    });
    return making;
  };

  const loop = async () => {
    while (!over.signal.aborted) {
      await make();
      await clock.sleep(LOOK_MS, over.signal).catch(() => undefined);
    }
  };

  return {
    backUpIfDue,
    begin() {
      begun = true;
      void loop();
    },
    runEnded() {
      if (begun && !over.signal.aborted) void make();
    },
    async learnAgain({ source, backup, setAside }) {
      await session.recover();
      const account = session.account();
      // A folder that is away tells what it holds when it is back.
      if (account) await own.openCurrentRoot(account.id).catch(() => undefined);
      await own.reload();
      const root = own.root();
      const files = root?.id ? await library.files.glances(root.id) : [];
      return {
        source,
        backupDayMs: backup?.dayMs ?? null,
        setAside: setAside && basename(setAside),
        account: account?.name ?? null,
        signedIn: account?.signedIn ?? false,
        folder: root?.path ?? null,
        folderThere: root?.state === 'ready',
        tracks: files.filter(({ kind }) => kind === 'track').length,
      };
    },
    async dispose() {
      over.abort();
      await making;
    },
  };
}
