import type { ShellView } from '../../src-preload/contract/background.ts';
import type { Autostart } from './autostart.ts';
import type { CallHandlers } from './ipc.ts';
import type { Updates } from './updates.ts';

/** What the shell's own calls work with. */
export interface ShellCallParts {
  readonly autostart: Autostart;
  canNotify(): boolean;
  readonly logFolder: string;
  readonly updates: Pick<Updates, 'view' | 'install'>;
}

/** The calls about the system around the app; all others are the engine's. */
export type ShellCalls = Pick<CallHandlers, 'getShell' | 'setStartAtLogin' | 'installUpdate'>;

/** Makes the {@link ShellCalls}. */
export function createShellCalls(parts: ShellCallParts): ShellCalls {
  const view = async (): Promise<ShellView> => ({
    startAtLogin: await parts.autostart.state(),
    notifications: parts.canNotify(),
    logFolder: parts.logFolder,
    update: parts.updates.view(),
  });
  return {
    getShell: view,
    async setStartAtLogin({ on }) {
      await parts.autostart.set(on);
      return view();
    },
    async installUpdate() {
      parts.updates.install();
      return null;
    },
  };
}
