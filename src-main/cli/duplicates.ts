import { resolve } from 'node:path';
import type { DuplicateGroup, DuplicateMember } from '../../src-preload/contract/editions.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import { ask } from './ask.ts';
import { copyId } from './copy-id.ts';
import { createDuplicatesOutput, type DuplicatesOutput } from './duplicates-output.ts';
import { allPages, isOfOne, type Over, overEngine, usage } from './over-engine.ts';
import type { Sentences } from './sentences.ts';

/** What `crateful duplicates` was told: copies by their id or path. */
export interface DuplicatesOptions {
  readonly keep?: readonly string[];
  readonly keepAll?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** A copy that stays, and the group it is one of. */
export interface Kept {
  readonly group: DuplicateGroup;
  readonly member: DuplicateMember;
}

/**
 * `crateful duplicates`: lists what is there more than once; `--keep` sets the other copies of what is named aside, after
 * asking; `--keep-all` lists it no more. Gives the exit code: 0 done, 1 some copy stayed where it is, 2 no copy is called
 * so, or nobody can be asked, 4 folder or disk, 130 interrupted.
 */
export function duplicates(
  options: DuplicatesOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const over: Over = { json: options.json ?? false, sentences, version };
  const output = createDuplicatesOutput(over);
  return overEngine(over, async (engine, signal) => {
    const groups = await groupsOf(engine);
    const { keep, keepAll } = options;
    if (!keep && !keepAll) {
      output.list(groups);
      return 0;
    }
    const { root } = await engine.snapshot();
    const named = copiesCalled(groups, keep ?? keepAll ?? [], root?.path ?? '');
    if ('unknown' in named) {
      return usage(sentences.t('cli.duplicates.unknown', { name: named.unknown }));
    }
    const { kept } = named;
    if (keepAll) {
      const keys = new Set(kept.map(({ group }) => group.key));
      for (const key of keys) await engine.duplicates.settle(key, null);
      output.keptAll(keys.size);
      return 0;
    }
    const second = secondOfOne(kept);
    if (second) return usage(sentences.t('cli.duplicates.twice', { name: second.path }));
    const refusal = options.yes ? null : await ask(question(kept, sentences), sentences);
    return refusal ?? setOthersAside(engine, kept, { output, signal });
  });
}

const groupsOf = async (engine: Engine): Promise<readonly DuplicateGroup[]> =>
  (await allPages((after: string | null) => engine.duplicates.page(after))).flatMap(
    (page) => page.groups,
  );

/**
 * The copies of these names, each once: an id, or a path as it is listed, absolute, or from the folder one is in. Of names
 * that are none, or several, the first.
 */
export function copiesCalled(
  groups: readonly DuplicateGroup[],
  words: readonly string[],
  rootPath: string,
): { readonly kept: readonly Kept[] } | { readonly unknown: string } {
  const all = groups.flatMap((group) => group.members.map((member) => ({ group, member })));
  const chosen = new Set<Kept>();
  for (const word of words) {
    const isMeant = ({ member }: Kept) =>
      copyId(member) === word ||
      member.path === word.normalize('NFC') ||
      resolve(rootPath, member.path) === resolve(word).normalize('NFC');
    const [first, ...others] = all.filter(isMeant);
    if (!first || others.length > 0) return { unknown: word };
    chosen.add(first);
  }
  return { kept: [...chosen] };
}

/** A copy of whose group another is to be kept too; null where there is none. */
export function secondOfOne(kept: readonly Kept[]): DuplicateMember | null {
  const groups = new Set<string>();
  for (const { group, member } of kept) {
    if (groups.has(group.key)) return member;
    groups.add(group.key);
  }
  return null;
}

const isSame = (a: DuplicateMember, b: DuplicateMember): boolean =>
  a.albumId === b.albumId && a.trackId === b.trackId;

const othersOf = ({ group, member }: Kept): readonly DuplicateMember[] =>
  group.members.filter((each) => !isSame(each, member));

function question(kept: readonly Kept[], { t, formats }: Sentences): string {
  const others = kept.flatMap(othersOf);
  return t('cli.duplicates.ask', {
    count: others.length,
    amount: formats.count(others.length),
    size: formats.bytes(others.reduce((sum, { bytes }) => sum + bytes, 0)),
  });
}

/** One copy after the other; what concerns one keeps nobody from the rest. Throws what concerns them all. */
async function setOthersAside(
  engine: Engine,
  kept: readonly Kept[],
  { output, signal }: { readonly output: DuplicatesOutput; readonly signal: AbortSignal },
): Promise<number> {
  // What a killed process left between its names is no state to work in.
  await engine.steps.resume();
  let [done, failed] = [0, 0];
  for (const { member, copy } of kept.flatMap((each) =>
    othersOf(each).map((copy) => ({ member: each.member, copy })),
  )) {
    signal.throwIfAborted();
    try {
      await engine.duplicates.settle(await keyNow(engine, member, copy), copy);
      output.aside(copy);
      done += 1;
    } catch (error) {
      const fault = asCratefulError(error).toView();
      if (!isOfOne(fault)) throw error;
      output.failed(copy, fault);
      failed += 1;
    }
  }
  output.done(done, failed);
  return failed > 0 ? 1 : 0;
}

/**
 * The key of the group that both are in by now: it is another with every copy that goes. Throws `INVALID_REQUEST` where
 * they are copies of each other no more.
 */
async function keyNow(
  engine: Engine,
  member: DuplicateMember,
  copy: DuplicateMember,
): Promise<string> {
  const group = (await groupsOf(engine)).find(({ members }) =>
    [member, copy].every((wanted) => members.some((each) => isSame(each, wanted))),
  );
  if (!group) throw new CratefulError('INVALID_REQUEST', { reason: 'no such group' });
  return group.key;
}
