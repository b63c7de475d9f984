import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { qualityName } from '../../src-preload/contract/quality.ts';
import type { SetAsideView } from '../../src-preload/contract/set-aside.ts';
import { jsonLine, type Over, say } from './over-engine.ts';
import type { Sentences } from './sentences.ts';
import { shortIds } from './short-ids.ts';

/** Where the lines of what was set aside go. */
export interface SetAsideOutput {
  list(entries: readonly SetAsideView[]): void;
  restored(entry: SetAsideView): void;
  failed(entry: SetAsideView, fault: ErrorView): void;
  /** How bringing files back ended. */
  broughtBack(restored: number, failed: number): void;
  /** They are gone for good, but for so many that would not go. */
  emptied(entries: readonly SetAsideView[], stayed: number): void;
}

/** JSON, or lines to read. */
export function createSetAsideOutput({ json, sentences }: Over): SetAsideOutput {
  return json ? jsonOutput(sentences) : textOutput(sentences);
}

const bytesOf = (entries: readonly SetAsideView[]): number =>
  entries.reduce((sum, { bytes }) => sum + bytes, 0);

function jsonOutput({ sentence }: Sentences): SetAsideOutput {
  return {
    list(entries) {
      for (const { albumTitle: album, ...entry } of entries) {
        jsonLine({ type: 'set-aside', ...entry, album });
      }
      jsonLine({ type: 'summary', files: entries.length, bytes: bytesOf(entries) });
    },
    restored: ({ id, path }) => jsonLine({ type: 'restored', id, path }),
    failed: ({ id, path }, fault) =>
      jsonLine({ type: 'failed', id, path, code: fault.code, message: sentence(fault) }),
    broughtBack: (restored, failed) => jsonLine({ type: 'summary', restored, failed }),
    emptied: (entries, stayed) =>
      jsonLine({ type: 'summary', deleted: entries.length - stayed, stayed }),
  };
}

function textOutput(sentences: Sentences): SetAsideOutput {
  const { t, formats } = sentences;
  const counted = (count: number) => ({ count, amount: formats.count(count) });
  return {
    list(entries) {
      if (entries.length === 0) return say(t('cli.setAside.nothing'));
      for (const line of listLines(entries, sentences)) say(line);
      const sum = { ...counted(entries.length), size: formats.bytes(bytesOf(entries)) };
      say(`\n${t('care.setAside.sum', sum)}\n${t('cli.setAside.howTo')}`);
    },
    restored: ({ path }) => say(t('cli.setAside.restored', { path })),
    failed({ path }, fault) {
      const message = `${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`;
      say(t('cli.setAside.failed', { path, message }));
    },
    broughtBack(restored, failed) {
      if (restored > 0) say(t('cli.setAside.broughtBack', counted(restored)));
      if (failed > 0) say(t('cli.setAside.notBroughtBack', counted(failed)));
    },
    emptied(entries, stayed) {
      const gone = entries.length - stayed;
      if (gone > 0) say(t('cli.setAside.deleted', counted(gone)));
      if (stayed > 0) say(t('cli.setAside.stayed', counted(stayed)));
    },
  };
}

/** Puts files in the order of a listing of their folder. */
export const byPath = (a: SetAsideView, b: SetAsideView): number =>
  a.path < b.path ? -1 : Number(a.path > b.path);

/** By album and reason, what came last first. */
function listLines(entries: readonly SetAsideView[], { t, formats }: Sentences): readonly string[] {
  const short = shortIds(entries.map(({ id }) => id));
  const width = Math.max(...[...short.values()].map(({ length }) => length));
  const groups = Map.groupBy(entries, ({ albumId, reason }) => `${albumId}/${reason}`);
  return [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    if (!first) return [];
    const { artist, albumTitle, albumId, reason } = first;
    const name = [artist, albumTitle].filter((word) => word !== '').join(' – ');
    const why =
      reason === null ? t('care.setAside.unknownReason') : t(`care.setAside.reasons.${reason}`);
    return [
      ...(index > 0 ? [''] : []),
      ...(name === '' ? [] : [albumId === null ? name : `${name}  (${albumId})`]),
      why,
      ...group.toSorted(byPath).map((entry) => {
        const facts = [
          qualityName(entry.quality),
          formats.bytes(entry.bytes),
          formats.moment(entry.atMs),
          entry.sha256 === null ? t('cli.setAside.noSum') : null,
        ].filter((fact) => fact !== null);
        const id = (short.get(entry.id) ?? entry.id).padEnd(width);
        return `  ${id}  ${entry.path}  ${facts.join(' · ')}`;
      }),
    ];
  });
}
