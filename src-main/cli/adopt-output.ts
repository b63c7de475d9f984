import type {
  AdoptionChoice,
  AdoptionFilter,
  AdoptionOutcome,
  AdoptionRow,
  AdoptionView,
} from '../../src-preload/contract/adoption.ts';
import type { StayedFile, StepOutcome } from '../../src-preload/contract/steps.ts';
import type { Sentences } from './sentences.ts';

/** Where the lines of taking music over go. */
export interface AdoptOutput {
  found(filter: AdoptionFilter, rows: readonly AdoptionRow[]): void;
  review(view: AdoptionView, chosen: AdoptionChoice): void;
  done(outcome: AdoptionOutcome): void;
  /** What was given back and what could not be; null when there was nothing to undo. */
  undone(outcome: StepOutcome | null): void;
}

/** JSON, or lines to read: by how sure it is, then by album. */
export function createAdoptOutput(
  { json }: { readonly json?: boolean },
  sentences: Sentences,
): AdoptOutput {
  return json ? jsonOutput() : textOutput(sentences);
}

function jsonOutput(): AdoptOutput {
  const line = (each: object) => void process.stdout.write(`${JSON.stringify(each)}\n`);
  return {
    found(filter, rows) {
      let albumId: string | null = null;
      for (const row of rows) {
        if (row.kind !== 'file') albumId = row.kind === 'album' ? row.albumId : null;
        else {
          const { path, why, trackId, title, bytes, betterFormatId, chosen } = row;
          line({
            type: 'file',
            found: filter,
            ...{ path, why, albumId, trackId, title, bytes, betterFormatId, chosen },
          });
        }
      }
    },
    review({ counts, known, otherKinds, passedOver, albumsNotCompared }, chosen) {
      line({
        type: 'review',
        ...{ counts, known, otherKinds, passedOver, albumsNotCompared, chosen },
      });
    },
    done: ({ way, taken, albums, damaged, stayed, stayedTotal }) =>
      line({ type: 'summary', way, taken, albums, damaged, stayed, stayedTotal }),
    undone: (outcome) =>
      line({ type: 'undone', files: outcome?.files ?? 0, stayed: outcome?.stayed ?? [] }),
  };
}

function textOutput({ t, formats }: Sentences): AdoptOutput {
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  const amount = (count: number) => ({ count, amount: formats.count(count) });
  const stays = (files: readonly StayedFile[]) => {
    for (const { path, reason } of files) say(`  ${path}  ${t(`adopt.stays.${reason}`)}`);
  };
  return {
    found(filter, rows) {
      if (rows.length === 0) return;
      say(`${t(`adopt.filters.${filter}`)}: ${t(`adopt.filterTexts.${filter}`)}`);
      for (const row of rows) {
        if (row.kind === 'album') say(`  ${row.artist} – ${row.title}`);
        else if (row.kind === 'folder') say(`  ${row.path === '' ? t('adopt.here') : row.path}`);
        else say(`    ${row.path}  ${t(`adopt.why.${row.why}`)}`);
      }
    },
    review(view, chosen) {
      for (const name of ['known', 'otherKinds', 'passedOver'] as const) {
        if (view[name] > 0) say(t(`adopt.facts.${name}`, amount(view[name])));
      }
      if (view.albumsNotCompared > 0) say(t('adopt.offline', amount(view.albumsNotCompared)));
      say(
        chosen.files === 0
          ? t('cli.adopt.nothing')
          : t('cli.adopt.chosen', { ...amount(chosen.files), size: formats.bytes(chosen.bytes) }),
      );
    },
    done({ taken, damaged, stayed, stayedTotal }) {
      say(`${t('adopt.done.title', amount(taken))}.`);
      if (damaged > 0) say(t('adopt.done.damaged', amount(damaged)));
      if (stayedTotal > 0) say(t('adopt.done.stayed', amount(stayedTotal)));
      stays(stayed);
      if (taken > 0) say(t('cli.adopt.howToUndo'));
    },
    undone(outcome) {
      if (!outcome) return say(t('cli.adopt.nothingToUndo'));
      const { files, stayed } = outcome;
      say(t('cli.adopt.undone', amount(files)));
      if (stayed.length > 0) say(t('adopt.undone.some', amount(stayed.length)));
      stays(stayed);
    },
  };
}
