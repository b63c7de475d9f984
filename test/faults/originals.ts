import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { DemoCatalogue } from '../../src-main/demo/catalogue.ts';
import { findAssets } from '../../src-main/demo/store.ts';
import { soundOf } from './sound.ts';

/** One file of one track as the store has it. */
export interface Original {
  readonly formatId: number;
  readonly bytes: number;
  readonly sound: string;
}

/** The files of every track the account bought; none for what the store cannot deliver. */
export type Originals = ReadonlyMap<number, readonly Original[]>;

/** Reads what the store sells to the account, from the store's own files. */
export async function originalsOf(catalogue: DemoCatalogue): Promise<Originals> {
  const read = new Map<string, Promise<Omit<Original, 'formatId'>>>();
  const facts = (name: string) => {
    const path = isAbsolute(name) ? name : join(findAssets(), 'audio', name);
    const known = read.get(path) ?? factsOf(path);
    read.set(path, known);
    return known;
  };
  const originals = new Map<number, Original[]>();
  for (const trackId of ownedTracks(catalogue)) {
    const files = Object.entries(catalogue.find(trackId)?.track.files ?? {});
    originals.set(
      trackId,
      await Promise.all(
        files.map(async ([formatId, name]) => ({
          formatId: Number(formatId),
          ...(await facts(name)),
        })),
      ),
    );
  }
  return originals;
}

const factsOf = async (path: string): Promise<Omit<Original, 'formatId'>> => ({
  bytes: (await stat(path)).size,
  sound: await soundOf(path),
});

/** Tracks the account bought, alone or with their album. */
export function ownedTracks(catalogue: DemoCatalogue): Set<number> {
  const owned = catalogue.purchases.flatMap(({ albumId, trackId }) =>
    trackId === null
      ? (catalogue.albums.get(albumId)?.tracks ?? []).map(({ id }) => id)
      : [trackId],
  );
  return new Set(owned);
}
