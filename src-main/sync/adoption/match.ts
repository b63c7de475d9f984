import type { AdoptionFilter, AdoptionWhy } from '../../../src-preload/contract/adoption.ts';
import type { TrackId } from '../../../src-preload/contract/ids.ts';
import {
  BY_ISRC_AND_UPC,
  type Evidence,
  evidenceFor,
  type FoundFile,
  type Testimony,
  testimonyOf,
  whyNone,
} from './evidence.ts';
import type { Good, Goods, GoodTrack } from './goods.ts';
import { byQuality } from './quality.ts';

/** What one file is taken for. */
export interface Match {
  readonly file: FoundFile;
  /** `damaged` here only when a file cannot even be read; what else is damaged shows when it is proven. */
  readonly standing: AdoptionFilter;
  readonly why: AdoptionWhy;
  /** Null when it is taken for none. */
  readonly to: GoodTrack | null;
  /** How sure it is, and why, that another copy of a track is that track: what it stands for when a person prefers it. */
  readonly asCopy?: { readonly standing: 'sure' | 'likely'; readonly why: AdoptionWhy };
}

/** What matching goes by. */
export interface MatchInput {
  readonly files: readonly FoundFile[];
  readonly goods: Goods;
  /** Tracks that have their file in the library already. */
  readonly there: (track: GoodTrack) => boolean;
}

interface Weighed {
  readonly testimony: Testimony;
  readonly group: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Tells which owned track each file is, and how sure that is (docs/decisions/what-makes-a-match-sure.md). A track goes to one
 * file: the surest, then the best; the others are copies. The answer does not depend on the order of the files, which
 * come back ordered by path. Pure.
 */
export function matchFiles({ files, goods, there }: MatchInput): readonly Match[] {
  const weighed = [...files]
    .sort((a, b) => compare(a.path, b.path))
    .map((file): Weighed => {
      const testimony = testimonyOf(file);
      return { testimony, group: groupOf(testimony), evidence: evidenceFor(testimony, goods) };
    });
  const votes = countVotes(weighed);
  const chosen = weighed.map((each) => choose(each, goods, votes));
  return assign(weighed, chosen, there);
}

/** Files of one folder with one album tag belong together. */
const groupOf = ({ hints, albums, albumTagged }: Testimony): string =>
  `${hints.folder}\n${albumTagged ? (albums[0]?.name ?? '') : ''}`;

/** How much the files of each group speak for each album. */
function countVotes(weighed: readonly Weighed[]): ReadonlyMap<string, ReadonlyMap<Good, number>> {
  const groups = new Map<
    string,
    Map<Good, { weight: number; tracks: Set<TrackId>; like: number }>
  >();
  for (const { group, evidence, testimony } of weighed) {
    const albums = groups.get(group) ?? new Map();
    groups.set(group, albums);
    const best = new Map<Good, Evidence>();
    for (const each of evidence) {
      const { good } = each.to;
      if ((best.get(good)?.weight ?? 0) < each.weight) best.set(good, each);
    }
    for (const [good, { weight, to }] of best) {
      const vote = albums.get(good) ?? { weight: 0, tracks: new Set(), like: 0 };
      vote.weight += weight;
      vote.tracks.add(to.track.id);
      vote.like = Math.max(vote.like, likeness(testimony, good));
      albums.set(good, vote);
    }
  }
  return new Map(
    [...groups].map(([group, albums]) => [
      group,
      new Map(
        [...albums].map(([good, { weight, tracks, like }]) => [
          good,
          // Of two editions that all files fit, the one they complete, then the one the folder's words name.
          weight + like / 4 + tracks.size / Math.max(1, good.tracks.length) / 8,
        ]),
      ),
    ]),
  );
}

/** What tells editions apart: the words of the edition where they are written, and the year. */
function likeness({ albums, year }: Testimony, { name, year: released }: Good): number {
  const edition = albums.some(
    (album) => album.name === name.name && album.edition !== '' && album.edition === name.edition,
  );
  return (edition ? 2 : 0) + (year !== null && year === released ? 1 : 0);
}

/** What a file is taken for before others want the same: the strongest evidence, ties by what its folder is. */
interface Choice {
  readonly best: readonly Evidence[];
  readonly why: AdoptionWhy;
}

function choose(
  { group, evidence, testimony }: Weighed,
  goods: Goods,
  votes: ReadonlyMap<string, ReadonlyMap<Good, number>>,
): Choice {
  const voteOf = ({ to }: Evidence): number => votes.get(group)?.get(to.good) ?? 0;
  const sure = evidence.filter(({ certainty }) => certainty === 'sure');
  const named = sure.filter(({ why }) => why === 'id');
  const pool = named.length > 0 ? named : sure.length > 0 ? sure : evidence;
  if (pool.length === 0) return { best: [], why: whyNone(testimony, goods) };
  const most = Math.max(...pool.map(voteOf));
  const top = pool.filter((each) => voteOf(each) === most);
  const strongest = Math.max(...top.map(({ weight }) => weight));
  const best = top
    .filter(({ weight }) => weight === strongest)
    .sort(
      (a, b) =>
        (a.gapSeconds ?? 0) - (b.gapSeconds ?? 0) ||
        compare(a.to.good.albumId, b.to.good.albumId) ||
        a.to.track.id - b.to.track.id,
    );
  const [first] = best;
  if (!first) return { best: [], why: 'nothing' };
  // One recording that several owned albums have: the sound is sure, which of them it is for is not.
  const albums = new Set(pool.map(({ to }) => to.good));
  if (first.why === 'isrc' && first.weight < BY_ISRC_AND_UPC && albums.size > 1) {
    return { best: best.map((each) => ({ ...each, certainty: 'likely' })), why: 'isrc-album' };
  }
  const tracks = new Set(best.map(({ to }) => to));
  const isByName =
    first.certainty === 'likely' && !first.why.startsWith('isrc') && first.why !== 'id-length';
  if (isByName && tracks.size > 1) return { best: [], why: 'several' };
  return { best, why: first.why };
}

/** Gives each track to one file. */
function assign(
  weighed: readonly Weighed[],
  choices: readonly Choice[],
  there: MatchInput['there'],
): readonly Match[] {
  const order = weighed
    .map((each, index) => ({
      ...each,
      index,
      choice: choices[index] ?? { best: [], why: 'nothing' },
    }))
    .sort(
      (a, b) =>
        strength(b.choice) - strength(a.choice) ||
        byQuality(a.testimony.file.facts, b.testimony.file.facts) ||
        a.index - b.index,
    );
  const taken = new Set<GoodTrack>();
  const matches: Match[] = [];
  for (const { testimony, index, choice } of order) {
    const { file } = testimony;
    const [first] = choice.best;
    const free = choice.best.find(({ to }) => !taken.has(to) && !there(to));
    if (!file.facts.readable) {
      matches[index] = { file, standing: 'damaged', why: 'unreadable', to: free?.to ?? null };
      if (free) taken.add(free.to);
    } else if (!first) matches[index] = { file, standing: 'unknown', why: choice.why, to: null };
    else if (!free) {
      const asCopy = { standing: first.certainty, why: choice.why };
      matches[index] = there(first.to)
        ? { file, standing: 'copy', why: 'there', to: first.to }
        : { file, standing: 'copy', why: 'better-copy', to: first.to, asCopy };
    } else {
      taken.add(free.to);
      matches[index] = { file, standing: free.certainty, why: choice.why, to: free.to };
    }
  }
  return matches;
}

/** A file that cannot be read comes last: it must not keep a track from a whole one. */
const strength = ({ best: [first] }: Choice): number =>
  first === undefined ? 0 : (first.certainty === 'sure' ? 100 : 0) + first.weight;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
