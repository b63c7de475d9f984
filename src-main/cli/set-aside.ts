import type { SetAsideView } from '../../src-preload/contract/set-aside.ts';
import type { Engine } from '../engine.ts';
import { asCratefulError } from '../errors.ts';
import { ask } from './ask.ts';
import { allPages, isOfOne, type Over, overEngine, usage } from './over-engine.ts';
import type { Sentences } from './sentences.ts';
import { byPath, createSetAsideOutput, type SetAsideOutput } from './set-aside-output.ts';

/** What `crateful set-aside` was told; of `empty`, true stands for everything. */
export interface SetAsideOptions {
  readonly restore?: readonly string[];
  readonly empty?: true | readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * `crateful set-aside`: lists what gave way to other files; `--restore` swaps files back and says of each what came of it;
 * `--empty` deletes them for good, after asking. Files are named by their id, its beginning, or their album's id. Gives the
 * exit code: 0 done, 1 some file stayed where it is, 2 nothing is called so, or nobody can be asked, 4 folder or disk,
 * 130 interrupted.
 */
export function setAside(
  options: SetAsideOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const over: Over = { json: options.json ?? false, sentences, version };
  const output = createSetAsideOutput(over);
  return overEngine(over, async (engine, signal) => {
    const entries = (await allPages((after: string | null) => engine.setAside.page(after))).flatMap(
      (page) => page.entries,
    );
    const { restore, empty } = options;
    const words = restore ?? (Array.isArray(empty) ? empty : null);
    if (!words && !empty) {
      output.list(entries);
      return 0;
    }
    const named = words ? whatIsCalled(entries, words) : { entries };
    if ('unknown' in named) {
      return usage(sentences.t('cli.setAside.unknown', { name: named.unknown }));
    }
    if (restore) return bringBack(engine, named.entries, { output, signal });
    if (named.entries.length === 0) {
      output.list([]);
      return 0;
    }
    const refusal = options.yes ? null : await ask(question(named.entries, sentences), sentences);
    if (refusal !== null) return refusal;
    // Those that were asked about, and no other that came meanwhile.
    const stayed = await engine.setAside.empty(named.entries.map(({ id }) => id));
    output.emptied(named.entries, stayed);
    return stayed > 0 ? 1 : 0;
  });
}

/**
 * The entries of these names, each once: an id, a beginning that only one id has, or an album's id for the newest file of
 * each of its places. Of names that are none, or several, the first.
 */
export function whatIsCalled(
  entries: readonly SetAsideView[],
  words: readonly string[],
): { readonly entries: readonly SetAsideView[] } | { readonly unknown: string } {
  const chosen = new Set<SetAsideView>();
  for (const word of words) {
    const found = called(entries, word);
    if (found.length === 0) return { unknown: word };
    for (const entry of found) chosen.add(entry);
  }
  return { entries: [...chosen] };
}

function called(entries: readonly SetAsideView[], word: string): readonly SetAsideView[] {
  const exact = entries.find(({ id }) => id === word);
  if (exact) return [exact];
  const places = new Map<string, SetAsideView>();
  for (const entry of entries.filter(({ albumId }) => albumId === word)) {
    const place = entry.trackId === null ? entry.path : String(entry.trackId);
    // The newest come first.
    if (!places.has(place)) places.set(place, entry);
  }
  if (places.size > 0) return [...places.values()].sort(byPath);
  const begun = word === '' ? [] : entries.filter(({ id }) => id.startsWith(word));
  return begun.length === 1 ? begun : [];
}

function question(entries: readonly SetAsideView[], { t, formats }: Sentences): string {
  const what = t('care.setAside.confirm.text', {
    count: entries.length,
    amount: formats.count(entries.length),
    size: formats.bytes(entries.reduce((sum, { bytes }) => sum + bytes, 0)),
  });
  return `${what}\n${t('cli.setAside.ask')}`;
}

/** One file after the other; what concerns one of them keeps nobody from the rest. Throws what concerns them all. */
async function bringBack(
  engine: Engine,
  entries: readonly SetAsideView[],
  { output, signal }: { readonly output: SetAsideOutput; readonly signal: AbortSignal },
): Promise<number> {
  // What a killed process left between its names is no state to work in.
  await engine.steps.resume();
  let failed = 0;
  for (let from = 0; from < entries.length; ) {
    signal.throwIfAborted();
    const left = entries.slice(from);
    let back = 0;
    try {
      await engine.setAside.restore(
        left.map(({ id }) => id),
        () => {
          const entry = left[back];
          back += 1;
          if (entry) output.restored(entry);
          signal.throwIfAborted();
        },
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const fault = asCratefulError(error).toView();
      const entry = left[back];
      if (!entry || !isOfOne(fault)) throw error;
      output.failed(entry, fault);
      failed += 1;
      back += 1;
    }
    from += back;
  }
  output.broughtBack(entries.length - failed, failed);
  return failed > 0 ? 1 : 0;
}
