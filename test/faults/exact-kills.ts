import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoStore, startDemoStore } from '../../src-main/demo/store.ts';
import { ALBUMS, demoAlbums } from '../support/demo-albums.ts';
import { oneOf } from '../support/seeded.ts';
import { bytesSentTwice } from './bytes.ts';
import { originalsOf } from './originals.ts';
import { prove } from './prover.ts';
import type { Result } from './result.ts';

/** A call to the disk at which a process dies. */
export interface ExactMoment {
  readonly call: string;
  /** How the path ends that the call is about. */
  readonly ending: string;
  readonly when: 'before' | 'after';
  /** Which of such calls, from 1. */
  readonly count: number;
}

/** What a victim is told. */
export interface VictimTask {
  readonly home: string;
  readonly root: string;
  readonly store: Pick<DemoStore, 'apiBase' | 'playerBase' | 'token' | 'appId' | 'appSecret'>;
  /** Null for one that may live. */
  readonly moment: ExactMoment | null;
}

/** The steps between a proven file and its row, and those around a part. */
const STEPS: readonly Omit<ExactMoment, 'when' | 'count'>[] = [
  // The receipt's row is written, the file has its working name.
  { call: 'rename', ending: '.tagged' },
  // The file has its name; its row is not written before the part is gone.
  { call: 'rm', ending: '.part' },
  { call: 'sync', ending: '.tagged' },
  { call: 'write', ending: '.part' },
  { call: 'sync', ending: '.part' },
  { call: 'rename', ending: 'manifest.jsonl.new' },
  { call: 'mkdir', ending: 'Slow Weather' },
];

/**
 * Kills a sync at exact calls to the disk, most of them between a file's rename and its row's commit, on both sides of
 * each; over one library until that is complete, and over as many libraries as `kills` kills need.
 */
export async function tryExactKills(
  random: () => number,
  kills: number,
  onKill: (count: number) => void = () => undefined,
): Promise<Result> {
  let done = 0;
  let bytesTwice = 0;
  const wrong: string[] = [];
  const losses = { silent: 0, corrupt: 0, duplicates: 0, lostRows: 0 };
  while (done < kills) {
    const folder = await mkdtemp(join(tmpdir(), 'crateful-exact-'));
    const store = await startDemoStore({ catalogue: demoAlbums(ALBUMS.slowWeather) });
    try {
      const at = { home: join(folder, 'home'), root: join(folder, 'music') };
      for (let tries = 0; done < kills && tries < 2 * STEPS.length; tries++) {
        const moment: ExactMoment = {
          ...(random() < 0.5 ? (STEPS[Math.floor(random() * 2)] as Step) : oneOf(random, STEPS)),
          when: random() < 0.5 ? 'before' : 'after',
          count: 1 + Math.floor(random() * 2),
        };
        const end = await runVictim({ ...at, store: addressesOf(store), moment });
        if (end !== 'SIGKILL') break;
        done += 1;
        onKill(done);
      }
      const end = await runVictim({ ...at, store: addressesOf(store), moment: null });
      if (end !== 'finished') wrong.push(`the last run ended with ${end}`);
      const before = store.requests.length;
      await runVictim({ ...at, store: addressesOf(store), moment: null });
      const again = store.requests.slice(before).filter(({ kind }) => kind === 'cdn');
      const findings = await prove({
        root: at.root,
        database: join(at.home, 'library.sqlite'),
        originals: await originalsOf(store.catalogue),
        said: { reported: new Set(), stopped: false },
      });
      losses.silent += findings.silent.length;
      losses.corrupt += findings.corrupt.length;
      losses.lostRows += findings.lostRows.length;
      losses.duplicates += findings.duplicates.length + again.length;
      wrong.push(...findings.silent, ...findings.corrupt, ...findings.lostRows);
      wrong.push(
        ...findings.duplicates,
        ...again.map(({ query }) => `${query.eid}: fetched again`),
      );
      bytesTwice += bytesSentTwice(store.requests);
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    group: 'kills',
    name: 'SIGKILL at an exact call to the disk',
    where: 'before and after rename, flush and commit',
    faults: done,
    downloads: done,
    healed: done,
    told: {},
    losses,
    bytesTwice,
    wrong,
  };
}

type Step = (typeof STEPS)[number];

const addressesOf = ({ apiBase, playerBase, token, appId, appSecret }: DemoStore) => ({
  apiBase,
  playerBase,
  token,
  appId,
  appSecret,
});

/** Runs a victim to its end: the signal that ended it, or what its run came to. */
async function runVictim(task: VictimTask): Promise<string> {
  const child = fork(new URL('./victim.ts', import.meta.url));
  let said = 'nothing';
  child.on('message', (state) => {
    said = String(state);
  });
  child.send(task);
  const [code, signal] = await once(child, 'exit');
  return signal ?? (code === 0 ? said : `code ${code}`);
}
