import type { AlbumOffer, OfferPage } from '../../src-preload/contract/editions.ts';
import { ERRORS, type ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { AlbumId, RunId } from '../../src-preload/contract/ids.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import { systemClock } from '../clock.ts';
import type { Engine } from '../engine.ts';
import type { OfferScope } from '../sync/offers.ts';
import { ask } from './ask.ts';
import { followRun, outputOfRun } from './follow-run.ts';
import { INTERRUPTED } from './interruption.ts';
import { allPages, type Over, overEngine, say, usage } from './over-engine.ts';
import type { Sentences } from './sentences.ts';
import { signInFromEnvironment } from './sign-in.ts';
import { sayDismissed, sayOffers } from './upgrades-output.ts';

/** What `crateful upgrades` was told; of `take`, true stands for everything. */
export interface UpgradesOptions {
  readonly take?: true | readonly string[];
  readonly dismiss?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Of {
  readonly options: UpgradesOptions;
  readonly sentences: Sentences;
  readonly signal: AbortSignal;
  /** Hears what a second Ctrl-C has to say before the process ends. */
  readonly onBegun: (end: () => void) => void;
}

/**
 * `crateful upgrades`: lists better editions of what is there; `--take` fetches those of the named albums and tracks, or
 * all, after asking and with a sync's lines; `--dismiss` offers them no more. Gives the exit code: 0 done, 1 some track
 * failed, 2 nothing is offered of what is named, or nobody can be asked, 3 sign-in needed, 4 folder or disk, 5 the service
 * changed, 130 interrupted.
 */
export function upgrades(
  options: UpgradesOptions,
  sentences: Sentences,
  version: string,
): Promise<number> {
  const over: Over = { json: options.json ?? false, sentences, version };
  let lastWords: () => void = () => undefined;
  const work = async (engine: Engine, signal: AbortSignal) => {
    const { take, dismiss } = options;
    const pages = await allPages((after: AlbumId | null) => engine.offers.page(after));
    const offers = pages.flatMap(({ albums }) => albums);
    const words = dismiss ?? (Array.isArray(take) && !isAll(take) ? take : null);
    const chosen = words ? offersCalled(offers, words) : { offers };
    if ('unknown' in chosen) {
      return usage(sentences.t('cli.upgrades.unknown', { name: chosen.unknown }));
    }
    if (dismiss) {
      await engine.offers.dismiss(chosen.offers.map(scopeOf));
      sayDismissed(chosen.offers, over);
      return 0;
    }
    if (take && offers.length > 0) {
      const onBegun = (end: () => void) => {
        lastWords = end;
      };
      return fetch(engine, chosen.offers, { options, sentences, signal, onBegun });
    }
    sayOffers(offers, sumOf(pages), over);
    return 0;
  };
  return overEngine(over, work, () => lastWords());
}

const isAll = (words: readonly string[]): boolean => words.length === 1 && words[0] === 'all';

const sumOf = ([first]: readonly OfferPage[]) => ({
  tracks: first?.tracksOpen ?? 0,
  bytes: first?.bytesOpen ?? 0,
});

const scopeOf = ({ albumId, tracks }: AlbumOffer): OfferScope => ({
  albumId,
  trackIds: tracks.map(({ trackId }) => trackId),
});

/** What is offered of albums and tracks by their ids. Of names of which nothing is offered, the first. */
export function offersCalled(
  offers: readonly AlbumOffer[],
  words: readonly string[],
): { readonly offers: readonly AlbumOffer[] } | { readonly unknown: string } {
  const isMeant = (id: string | number) => words.includes(String(id));
  const known = new Set(
    offers.flatMap(({ albumId, tracks }) => [
      String(albumId),
      ...tracks.map(({ trackId }) => String(trackId)),
    ]),
  );
  const unknown = words.find((word) => !known.has(word));
  if (unknown !== undefined) return { unknown };
  return {
    offers: offers.flatMap((offer) => {
      if (isMeant(offer.albumId)) return [offer];
      const tracks = offer.tracks.filter(({ trackId }) => isMeant(trackId));
      return tracks.length > 0 ? [{ ...offer, tracks }] : [];
    }),
  };
}

async function fetch(engine: Engine, offers: readonly AlbumOffer[], of: Of): Promise<number> {
  const { options, sentences, signal } = of;
  const refusal = options.yes ? null : await ask(question(offers, sentences), sentences);
  if (refusal !== null) return refusal;
  await signInFromEnvironment(engine, signal);
  signal.throwIfAborted();
  const output = outputOfRun({ json: options.json, live: true }, sentences);
  const outcome = followRun(engine, output, sentences);
  const startedMs = systemClock.now();
  const end = (fault: ErrorView | null) => {
    const seconds = (systemClock.now() - startedMs) / 1000;
    const ending = { ...outcome(fault), interrupted: signal.aborted, seconds };
    output.end(ending);
    return ending;
  };
  of.onBegun(() => end(null));
  const view = await runOf(engine, offers, signal);
  const { fault, summary, interrupted } = end(view?.error ?? null);
  if (!options.json && summary.downloaded > 0) say(sentences.t('cli.upgrades.replaced'));
  if (!options.json && fault) say(sentences.t('cli.upgrades.stayed'));
  // What was fetched is there, with or without it.
  if (!interrupted) await engine.care.backUpIfDue().catch(() => undefined);
  if (interrupted) return INTERRUPTED;
  return fault ? ERRORS[fault.code].exit : summary.failed > 0 ? 1 : 0;
}

function question(offers: readonly AlbumOffer[], { t, formats }: Sentences): string {
  const tracks = offers.flatMap((offer) => offer.tracks);
  const bytes = tracks.reduce((sum, track) => sum + track.bytes, 0);
  return t('cli.upgrades.ask', {
    count: tracks.length,
    amount: formats.count(tracks.length),
    size: formats.size(bytes, true),
  });
}

/** Accepts what is offered and waits for the run that fetches it; null when none had to begin. */
async function runOf(
  engine: Engine,
  offers: readonly AlbumOffer[],
  signal: AbortSignal,
): Promise<RunView | null> {
  const { run: before, queue } = await engine.snapshot();
  const stopSync = () => void engine.stopSync();
  const { promise: ended, resolve } = Promise.withResolvers<RunView>();
  const stop = engine.onDelta(({ run }) => {
    if (run && isOver(run, before?.id ?? null)) resolve(run);
  });
  signal.addEventListener('abort', stopSync, { once: true });
  try {
    await engine.offers.accept(offers.map(scopeOf));
    // Before it began there was nothing to stop.
    if (signal.aborted) stopSync();
    const { run } = await engine.snapshot();
    if (!run || run.id === before?.id) return null;
    // Whoever asks for it here has no other way to end a pause of the queue.
    if (queue.paused) await engine.queue.resume();
    return await ended;
  } finally {
    stop();
    signal.removeEventListener('abort', stopSync);
  }
}

const isOver = ({ id, state }: RunView, before: RunId | null): boolean =>
  id !== before && (state === 'finished' || state === 'stopped');
