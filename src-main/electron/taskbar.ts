import { attentionOf, isActive } from './attention.ts';
import type { ShellFacts } from './shell-state.ts';
import { shareDone } from './tray-model.ts';

/** What taskbar and dock show of a run; `progress` as Electron's `setProgressBar` takes it. */
export interface Taskbar {
  /** 0 to 1; -1 for no bar, 2 while nobody knows how much there is. */
  readonly progress: number;
  readonly mode: 'none' | 'normal' | 'indeterminate' | 'paused' | 'error';
  /** On the dock's icon (macOS): how many things need the person; empty for none. */
  readonly badge: string;
}

/** The bar of the run that goes on; red, and full, when one has ended with something that needs the person. */
export function taskbarOf(facts: ShellFacts): Taskbar {
  const { run, queue } = facts;
  const attention = attentionOf(facts);
  const count = attention.reduce((sum, each) => sum + (each.kind === 'failed' ? each.count : 1), 0);
  const badge = count === 0 ? '' : String(count);
  if (run && isActive(run)) {
    const share = shareDone(run);
    if (queue.paused) return { progress: share ?? 0, mode: 'paused', badge };
    if (share === null) return { progress: 2, mode: 'indeterminate', badge };
    // In whole percent, so that a bar is not drawn ten times a second.
    return { progress: Math.floor(share * 100) / 100, mode: 'normal', badge };
  }
  return attention.length > 0
    ? { progress: 1, mode: 'error', badge }
    : { progress: -1, mode: 'none', badge };
}
