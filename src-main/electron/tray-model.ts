import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { RunView } from '../../src-preload/contract/views.ts';
import { attentionOf, isActive } from './attention.ts';
import type { ShellFacts } from './shell-state.ts';
import type { ShellWords } from './words.ts';

/** What the icon in the tray tells without words. */
export type TrayState = 'idle' | 'syncing' | 'attention' | 'offline';

/** What a click in the tray's menu does. */
export type TrayAction =
  | {
      readonly do:
        | 'sync'
        | 'pause'
        | 'resume'
        | 'addLink'
        | 'open'
        | 'settings'
        | 'quit'
        | 'attention';
    }
  | { readonly do: 'album'; readonly albumId: AlbumId };

/** One line of the menu; without an action it only tells. */
export type TrayItem =
  | { readonly separator: true }
  | { readonly label: string; readonly action: TrayAction | null; readonly enabled: boolean }
  | { readonly label: string; readonly items: readonly TrayItem[] };

/** Everything the tray shows. */
export interface TrayModel {
  readonly state: TrayState;
  /** Between 0 and 1 while syncing, else null. */
  readonly share: number | null;
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

/** How much of a run is done, between 0 and 1, as the window counts it; null before anything is planned. */
export function shareDone(run: RunView): number | null {
  const { plannedBytes, doneBytes } = run.totals;
  return plannedBytes > 0 ? Math.min(1, doneBytes / plannedBytes) : null;
}

const SEPARATOR: TrayItem = { separator: true };

/** What the tray shows of these facts; null facts are those of an engine that is not there yet. */
export function trayModel(facts: ShellFacts | null, words: ShellWords, nowMs: number): TrayModel {
  const { t } = words;
  const status = statusLine(facts, words, nowMs);
  const line = (label: string, action: TrayAction | null, enabled = action !== null): TrayItem => ({
    label,
    action,
    enabled,
  });
  const [attention] = facts ? attentionOf(facts) : [];
  const paused = facts?.queue.paused ?? false;
  const active = isActive(facts?.run ?? null);
  const ready = facts?.account?.signedIn === true && facts.root !== null;
  const recent = (facts?.recent ?? []).map(({ albumId, title, artist }) =>
    line(escaped(t('shell.tray.album', { title, artist })), { do: 'album', albumId }),
  );
  return {
    state: stateOf(facts, attention !== undefined),
    share: active && !paused && facts?.run ? shareDone(facts.run) : null,
    tooltip: t('shell.tray.tooltip', { status }),
    items: [
      line(escaped(status), attention ? { do: 'attention' } : null),
      SEPARATOR,
      line(t('shell.tray.syncNow'), { do: 'sync' }, ready && !active),
      paused
        ? line(t('shell.tray.resume'), { do: 'resume' }, facts !== null)
        : line(t('shell.tray.pause'), { do: 'pause' }, ready),
      // Without an account there is nothing that a link could lead to.
      line(t('shell.tray.addLink'), { do: 'addLink' }, facts?.account != null),
      SEPARATOR,
      ...(recent.length > 0 ? [{ label: t('shell.tray.recent'), items: recent }, SEPARATOR] : []),
      line(t('shell.tray.open'), { do: 'open' }),
      line(t('shell.menu.settings'), { do: 'settings' }, facts !== null),
      SEPARATOR,
      line(t('shell.menu.quit'), { do: 'quit' }),
    ],
  };
}

/** A single `&` in a label would mark a letter to press. */
const escaped = (label: string): string => label.replaceAll('&', '&&');

function stateOf(facts: ShellFacts | null, needsAttention: boolean): TrayState {
  if (!facts) return 'idle';
  if (isActive(facts.run) && !facts.queue.paused) return 'syncing';
  if (needsAttention) return 'attention';
  return facts.background.online ? 'idle' : 'offline';
}

/** One line on how things stand. */
export function statusLine(facts: ShellFacts | null, words: ShellWords, nowMs: number): string {
  const { t, formats } = words;
  if (!facts) return t('shell.status.starting');
  const { account, root, run, queue, background } = facts;
  if (isActive(run) && run) {
    if (run.state === 'stopping') return t('shell.status.stopping');
    if (queue.paused) return t('shell.status.paused');
    const share = shareDone(run);
    return share === null
      ? t('shell.status.looking')
      : t('shell.status.syncing', { percent: formats.percent(share) });
  }
  const [attention] = attentionOf(facts);
  switch (attention?.kind) {
    case 'signed-out':
      return t('shell.status.signedOut');
    case 'folder':
      return t('shell.status.folder');
    case 'stopped':
      return t(`errors.${attention.error.code}.sentence`);
    case 'failed':
      return t('shell.status.failed', {
        count: attention.count,
        amount: formats.count(attention.count),
      });
  }
  if (!account) return t('shell.status.signIn');
  if (!root) return t('shell.status.noFolder');
  if (queue.paused) return t('shell.status.paused');
  if (background.holding === 'battery') return t('shell.status.battery');
  if (!background.online) {
    return t(
      background.holding === 'offline' ? 'shell.status.offlineHeld' : 'shell.status.offline',
    );
  }
  if (background.lastSyncAtMs === null) return t('shell.status.never');
  return t('shell.status.synced', { when: words.when(background.lastSyncAtMs, nowMs) });
}
