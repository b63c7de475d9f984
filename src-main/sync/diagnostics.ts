import { release } from 'node:os';
import type { CratefulEvent } from '../../src-preload/contract/events.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type {
  AccountView,
  AlbumSummary,
  AppView,
  JobView,
  PurchasesView,
  RootView,
  RunView,
} from '../../src-preload/contract/views.ts';
import type { Library } from '../library/library.ts';
import type { Clock } from '../ports.ts';
import { redact } from '../redaction.ts';
import type { AccountLibrary } from './account-library.ts';
import type { Board } from './board.ts';
import type { Network } from './network.ts';
import type { Session } from './session.ts';
import type { Shelf } from './shelf.ts';

/** What a report is made of. */
export interface DiagnosticFacts {
  readonly version: string;
  /** As `linux x64 6.1.0`. */
  readonly system: string;
  /** `process.versions`: which of Node, Electron and Chromium run here. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly demo: boolean;
  readonly homeFolder: string;
  readonly nowMs: number;
  readonly settings: Settings;
  readonly proxyPasswordSet: boolean;
  readonly ownAppCredentials: boolean;
  readonly account: AccountView | null;
  readonly accounts: number;
  readonly root: RootView | null;
  readonly purchases: PurchasesView;
  readonly albums: readonly Pick<AlbumSummary, 'status'>[];
  readonly jobs: readonly Pick<JobView, 'state' | 'error'>[];
  readonly run: RunView | null;
  /** Oldest first. */
  readonly events: readonly CratefulEvent[];
}

/** Events that are told. */
const TOLD_EVENTS = 200;
/** Faults that are told by themselves, before all the rest. */
const TOLD_FAULTS = 20;
const ENGINES = ['electron', 'chrome', 'node', 'v8'] as const;

const counted = (values: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} ${count}`).join(', ') || 'none';
};

const eventLine = ({ at, severity, code, context, attempt }: CratefulEvent): string =>
  [
    new Date(at).toISOString(),
    severity,
    code,
    ...(attempt === null ? [] : [`attempt ${attempt}`]),
    ...(Object.keys(context).length === 0 ? [] : [JSON.stringify(context)]),
  ].join(' ');

const section = (title: string, lines: readonly string[]): string =>
  [`## ${title}`, ...(lines.length === 0 ? ['none'] : lines)].join('\n');

/**
 * A report that may be shown to anybody: what runs here and what became of it. No name, no token, no e-mail, no address
 * of a proxy's user; the home folder as `~`. In English whatever the window speaks: it is for whoever helps.
 */
export function diagnosticsText(facts: DiagnosticFacts): string {
  const { account, root, run, settings } = facts;
  const { proxyUser, ...plain } = settings;
  const faults = facts.events
    .filter(({ severity }) => severity === 'warning' || severity === 'error')
    .slice(-TOLD_FAULTS);
  const failed = facts.jobs.flatMap(({ error }) => (error ? [error.code] : []));
  const text = [
    section(`Crateful ${facts.version}${facts.demo ? ', demo' : ''}`, [
      `made ${new Date(facts.nowMs).toISOString()}`,
      `system ${facts.system}`,
      ...ENGINES.flatMap((name) =>
        facts.versions[name] === undefined ? [] : [`${name} ${facts.versions[name]}`],
      ),
    ]),
    section('Settings', [
      ...Object.entries(plain).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
      `proxy user ${proxyUser === '' ? 'none' : 'given'}, password ${facts.proxyPasswordSet ? 'kept' : 'none'}`,
      `app credentials ${facts.ownAppCredentials ? 'of the person' : 'found'}`,
    ]),
    section('Account', [
      account
        ? `country ${account.country ?? 'unknown'}, plan ${account.plan ?? 'purchases only'}, ${account.signedIn ? 'signed in' : 'session over'}, secrets in ${account.credentialStore}`
        : 'none in use',
      `known ${facts.accounts}`,
      `purchases ${facts.purchases.state}${facts.purchases.error ? ` ${facts.purchases.error.code}` : ''}, odd rows ${facts.purchases.oddRows}`,
    ]),
    section('Folder', [
      root ? `${root.path} ${root.state}, free bytes ${root.freeBytes ?? 'unknown'}` : 'none',
    ]),
    section('Albums', [counted(facts.albums.map(({ status }) => status))]),
    section('Jobs', [
      counted(facts.jobs.map(({ state }) => state)),
      `faults ${counted(failed)}`,
      run
        ? `last run ${run.state}${run.error ? ` ${run.error.code} ${JSON.stringify(run.error.params)}` : ''}, totals ${JSON.stringify(run.totals)}`
        : 'no run',
    ]),
    section('Last errors', faults.map(eventLine)),
    section('Last events', facts.events.slice(-TOLD_EVENTS).map(eventLine)),
  ].join('\n\n');
  return `${withoutName(redact(text, facts), account?.name ?? '')}\n`;
}

/** A name may stand in a message of the service, or in a folder somebody called after themselves. */
const withoutName = (text: string, name: string): string =>
  name.trim().length < 3 ? text : text.replaceAll(name, '[name]');

/** What a report is gathered from. */
export interface DiagnosticParts {
  readonly library: Pick<Library, 'events'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly shelf: Pick<Shelf, 'summaries'>;
  readonly board: Pick<Board, 'jobViews' | 'runView'>;
  readonly own: Pick<AccountLibrary, 'settings' | 'root' | 'purchases'>;
  readonly session: Pick<Session, 'account' | 'accounts'>;
  readonly network: Pick<Network, 'view'>;
  readonly app: Pick<AppView, 'version' | 'demo' | 'homeFolder' | 'ownAppCredentials'>;
}

/** Gathers the report of one engine as it stands now; see {@link diagnosticsText}. */
export async function gatherDiagnostics(parts: DiagnosticParts): Promise<string> {
  const { own, session, board } = parts;
  return diagnosticsText({
    ...parts.app,
    ...parts.network.view(),
    system: `${process.platform} ${process.arch} ${release()}`,
    versions: process.versions,
    nowMs: parts.clock.now(),
    settings: own.settings(),
    account: session.account(),
    accounts: session.accounts().length,
    root: own.root(),
    purchases: own.purchases(),
    albums: parts.shelf.summaries(),
    jobs: board.jobViews(),
    run: board.runView(),
    events: await parts.library.events.recent(TOLD_EVENTS),
  });
}
