import type { StoreFault } from '../../src-main/demo/faults.ts';
import { demoAlbums } from '../support/demo-albums.ts';
import { type InjectedFault, inject } from '../support/faults.ts';
import { systemError } from '../support/faulty-file-system.ts';
import { oneOf } from '../support/seeded.ts';
import { bytesSentTwice } from './bytes.ts';
import { BODY } from './catalogue/body.ts';
import { RANGE } from './catalogue/range.ts';
import { FILE_STATUS } from './catalogue/status.ts';
import { ownedTracks } from './originals.ts';
import type { Result } from './result.ts';
import { lossesOf, wordsOf } from './trial.ts';
import { openWorld, type Pass, type World } from './world.ts';

type Random = () => number;

/** Runs after which everything has to be there, once the faults have ended. */
const LAST_RUNS = 2;
const RUNS_UNDER_FAULT = 2;
const DAY_MS = 25 * 3600 * 1000;

/** Syncs a library of which every file meets faults by chance, until everything is there. */
export async function tryMix(
  random: Random,
  name: string,
  albums: readonly string[] = demoAlbums().albums.map(({ id }) => id),
): Promise<Result> {
  const world = await openWorld({ catalogue: demoAlbums(...albums) });
  const { store, clock } = world.engine;
  try {
    const struck = new Map<number, InjectedFault[]>();
    for (const track of ownedTracks(store.catalogue)) {
      struck.set(
        track,
        chosenFor(random, world, track).map((fault) =>
          inject(store, fault, { trackId: track, on: 'cdn', times: 1 + Math.floor(random() * 2) }),
        ),
      );
    }
    const disturbance = oneOf(random, DISTURBANCES);
    const end = disturbance.begin(world, random);
    const passes: Pass[] = [];
    for (let run = 0; run < RUNS_UNDER_FAULT; run++) {
      passes.push(await world.sync());
      await end();
      clock.leap(DAY_MS);
    }
    const faulted = [...struck].filter(([, faults]) => faults.some(({ hits }) => hits > 0));
    for (const fault of [...struck.values()].flat()) fault.remove();
    for (let run = 0; run < LAST_RUNS; run++) passes.push(await world.sync());
    const [first, last] = [passes[0], passes.at(-1)];
    const lines = await world.engine.jobs();
    return {
      group: 'mixes',
      name,
      where: disturbance.name,
      faults: faulted.reduce(
        (sum, [, faults]) => sum + faults.filter(({ hits }) => hits).length,
        0,
      ),
      downloads: faulted.length,
      healed: faulted.filter(([track]) => last?.findings.whole.has(track)).length,
      told: countsOf(first?.codes ?? []),
      losses: lossesOf(passes),
      bytesTwice: bytesSentTwice(store.requests),
      wrong: [
        ...passes.flatMap(wordsOf),
        ...passes.filter(({ view }) => view === null).map(() => 'a run that did not end'),
        ...faulted
          .filter(([track]) => !last?.findings.whole.has(track))
          .map(([track]) => {
            const line = lines.find(({ trackId }) => trackId === track);
            return `${track}: not there at the end (${line?.state}, ${line?.error?.code})`;
          }),
      ],
    };
  } finally {
    await world.close();
  }
}

/** One to three faults of a file; those that only a checksum finds are for FLAC alone. */
function chosenFor(random: Random, { engine }: World, track: number): StoreFault[] {
  const files = Object.values(engine.store.catalogue.find(track)?.track.files ?? {});
  const checksum = files.every((file) => file.endsWith('.flac') || file.startsWith('shared/'));
  const bodies = BODY.filter(({ needsChecksum }) => checksum || !needsChecksum);
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const kind = random();
    if (kind < 0.6) return oneOf(random, bodies).fault();
    return kind < 0.8 ? oneOf(random, RANGE).fault() : oneOf(random, FILE_STATUS).fault();
  });
}

function countsOf(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Something that befalls the whole run besides. */
interface Disturbance {
  readonly name: string;
  /** Gives how to put it right. */
  begin(world: World, random: Random): () => unknown;
}

/** Does something once so many files were asked for. */
function atFile(world: World, count: number, act: () => void): void {
  let asked = 0;
  world.engine.store.faults.add({
    intercept(call) {
      if (call.kind !== 'cdn') return null;
      asked += 1;
      if (asked === count) act();
      return null;
    },
  });
}

const failingWrites =
  (code: string) =>
  (world: World, random: Random): (() => void) => {
    const from = Math.floor(random() * 1_000_000);
    let handed = 0;
    world.disk = ({ name, path, bytes }) => {
      if (name !== 'write' || !path.endsWith('.part')) return null;
      handed += bytes;
      return handed < from ? null : systemError(code);
    };
    return () => {
      world.disk = null;
    };
  };

const DISTURBANCES: readonly Disturbance[] = [
  { name: 'nothing besides', begin: () => () => undefined },
  { name: 'the disk fills up', begin: failingWrites('ENOSPC') },
  { name: 'the disk fails', begin: failingWrites('EIO') },
  {
    name: 'the session ends',
    begin(world, random) {
      const { store } = world.engine;
      let ended = false;
      atFile(world, 1 + Math.floor(random() * 30), () => {
        ended = true;
        store.expireToken();
      });
      return async () => {
        if (ended) await world.engine.engine.signInWithToken(store.issueToken());
        ended = false;
      };
    },
  },
  {
    name: 'the secret changes',
    begin(world, random) {
      atFile(world, 1 + Math.floor(random() * 30), () => {
        world.engine.clock.leap(61_000);
        world.engine.store.rotateSecret();
      });
      return () => undefined;
    },
  },
  {
    name: 'all addresses expire',
    begin(world, random) {
      atFile(world, 1 + Math.floor(random() * 30), () => world.engine.store.expireFileUrls());
      return () => undefined;
    },
  },
  {
    name: 'the clock jumps',
    begin(world, random) {
      const hours = Math.round((random() - 0.5) * 48);
      atFile(world, 1 + Math.floor(random() * 30), () => world.engine.clock.leap(hours * 3600_000));
      return () => undefined;
    },
  },
];
