import type { PlaceName } from '../../src-preload/contract/call-names.ts';
import { type Attention, attentionOf, isActive, placeOf } from './attention.ts';
import type { ShellFacts } from './shell-state.ts';
import type { ShellWords } from './words.ts';

/** One notification of the system, and where a click on it leads. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly place: PlaceName;
}

/** Titles a notification names before it only counts. */
const TITLES = 3;
/** Failed items remembered as told. */
const MOST_CAUSES = 5000;

/**
 * A text as the system's notifications show it. Those of Linux read a little HTML (Desktop Notifications Specification,
 * "Markup"), which names of albums must not bring along: a link in a notification would be Crateful's word.
 */
export const asNotified = (text: string, platform: NodeJS.Platform): string =>
  platform === 'linux' ? text.replaceAll('<', '‹') : text;

/** What of the facts was noticed, and what must not be told a second time. */
export interface Noticed {
  readonly notices: readonly Notice[];
  /** Causes that have been told and still hold; kept over restarts. */
  readonly told: readonly string[];
  /** Whether the albums that were added have been dealt with. */
  readonly toldAdded: boolean;
}

/**
 * What is to be told now. A run tells what it added once it has ended well, what it got before a stop included; each
 * cause for attention is told once and again only after it was gone. Nothing is told while a run goes on.
 */
export function noticesOf(facts: ShellFacts, told: readonly string[], words: ShellWords): Noticed {
  if (isActive(facts.run)) return { notices: [], told, toldAdded: false };
  const notices: Notice[] = [];
  const { settings, run, added } = facts;
  const toldAdded = run?.state === 'finished' && added.size > 0;
  if (toldAdded && settings.notifyNewPurchases)
    notices.push(addedNotice([...added.values()], words));

  const known = new Set(told);
  const causes: string[] = [];
  for (const attention of attentionOf(facts)) {
    const own = causesOf(attention, facts);
    causes.push(...own);
    const fresh = own.some((cause) => !known.has(cause));
    if (fresh && settings.notifyAttention) notices.push(attentionNotice(attention, words));
  }
  // A process that has just started has no run yet: what the last one told of its runs still counts.
  const kept = run ? [] : told.filter((cause) => isOfRun(cause) && !causes.includes(cause));
  return { notices, told: [...causes, ...kept].slice(0, MOST_CAUSES), toldAdded };
}

const causesOf = (attention: Attention, { failed }: ShellFacts): string[] => {
  if (attention.kind === 'failed') return [...failed.values()].map((item) => `failed:${item}`);
  return attention.kind === 'stopped' ? [`stopped:${attention.error.code}`] : [attention.kind];
};

const isOfRun = (cause: string): boolean => /^(failed|stopped):/.test(cause);

function addedNotice(titles: readonly string[], { t, formats }: ShellWords): Notice {
  const more = titles.length - TITLES;
  const shown = titles.slice(0, TITLES);
  if (more > 0) {
    shown.push(t('shell.notice.added.more', { count: more, amount: formats.count(more) }));
  }
  const count = titles.length;
  return {
    title: t('shell.notice.added.title', { count, amount: formats.count(count) }),
    body: shown.join('\n'),
    place: 'library',
  };
}

function attentionNotice(attention: Attention, { t, formats, fault }: ShellWords): Notice {
  const place = placeOf(attention);
  switch (attention.kind) {
    case 'signed-out':
      return {
        title: t('shell.notice.signedOut.title'),
        body: t('shell.notice.signedOut.body'),
        place,
      };
    case 'folder':
      return { title: t('shell.notice.folder.title'), body: t('shell.notice.folder.body'), place };
    case 'stopped':
      return { title: t('shell.notice.stopped.title'), body: fault(attention.error), place };
    case 'failed': {
      const { count } = attention;
      return {
        title: t('shell.notice.failed.title', { count, amount: formats.count(count) }),
        body: t('shell.notice.failed.body'),
        place,
      };
    }
  }
}
