import type { DuplicateGroup, DuplicateMember } from '../../src-preload/contract/editions.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import { qualityName } from '../../src-preload/contract/quality.ts';
import { copyId } from './copy-id.ts';
import { jsonLine, type Over, say } from './over-engine.ts';
import type { Sentences } from './sentences.ts';

/** Where the lines of what is there more than once go. */
export interface DuplicatesOutput {
  list(groups: readonly DuplicateGroup[]): void;
  aside(copy: DuplicateMember): void;
  failed(copy: DuplicateMember, fault: ErrorView): void;
  /** How setting aside ended. */
  done(aside: number, failed: number): void;
  /** So many groups are listed no more. */
  keptAll(groups: number): void;
}

/** JSON, or lines to read. */
export function createDuplicatesOutput({ json, sentences }: Over): DuplicatesOutput {
  return json ? jsonOutput(sentences) : textOutput(sentences);
}

function jsonOutput({ sentence }: Sentences): DuplicatesOutput {
  return {
    list(groups) {
      for (const { kind, members } of groups) {
        const copies = members.map(({ albumTitle: album, ...member }) => {
          return { id: copyId(member), ...member, album };
        });
        jsonLine({ type: 'duplicate', kind, copies });
      }
      jsonLine({ type: 'summary', groups: groups.length });
    },
    aside: (copy) => jsonLine({ type: 'set-aside', id: copyId(copy), path: copy.path }),
    failed: (copy, fault) => {
      const { code } = fault;
      const what = { id: copyId(copy), path: copy.path };
      jsonLine({ type: 'failed', ...what, code, message: sentence(fault) });
    },
    done: (aside, failed) => jsonLine({ type: 'summary', setAside: aside, failed }),
    keptAll: (groups) => jsonLine({ type: 'summary', keptAll: groups }),
  };
}

function textOutput(sentences: Sentences): DuplicatesOutput {
  const { t, formats } = sentences;
  const counted = (count: number) => ({ count, amount: formats.count(count) });
  return {
    list(groups) {
      if (groups.length === 0) return say(t('cli.duplicates.nothing'));
      for (const group of groups) say(`${groupLines(group, sentences).join('\n')}\n`);
      say(`${t('care.duplicates.sum', counted(groups.length))}\n${t('cli.duplicates.howTo')}`);
    },
    aside: ({ path }) => say(t('cli.duplicates.aside', { path })),
    failed({ path }, fault) {
      const message = `${sentences.sentence(fault)} ${sentences.remedy(fault.code)}`;
      say(t('cli.duplicates.failed', { path, message }));
    },
    done(aside, failed) {
      if (aside > 0) say(t('cli.duplicates.done', counted(aside)));
      if (failed > 0) say(t('cli.duplicates.notDone', counted(failed)));
    },
    keptAll: (groups) => say(t('cli.duplicates.kept', counted(groups))),
  };
}

function groupLines({ members }: DuplicateGroup, { t, formats }: Sentences): readonly string[] {
  const [first] = members;
  if (!first) return [];
  const width = Math.max(...members.map((member) => copyId(member).length));
  return [
    `${first.artist} – ${first.title}`,
    ...members.map((member) => {
      const { quality, bytes, tracks, trackId, better, path } = member;
      const facts = [
        qualityName(quality),
        formats.bytes(bytes),
        trackId === null
          ? t('care.tracks', { count: tracks, amount: formats.count(tracks) })
          : null,
        better ? t('care.duplicates.better') : null,
      ].filter((fact) => fact !== null);
      return `  ${copyId(member).padEnd(width)}  ${path}  ${facts.join(' · ')}`;
    }),
  ];
}
