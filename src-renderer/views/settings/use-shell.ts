import { useCallback, useEffect, useState } from 'react';
import type { ShellView } from '../../../src-preload/contract/background.ts';
import { settle, useSurroundings } from '../../context.ts';

/** How often an update that is under way is looked at, in milliseconds. */
const UPDATE_LOOK_MS = 2000;

/** What the system around the app says, asked when the page opens; null until it has answered. */
export function useShell(): readonly [ShellView | null, (shell: ShellView) => void] {
  const { bridge } = useSurroundings();
  const [shell, setShell] = useState<ShellView | null>(null);
  const look = useCallback(async () => {
    const reply = await settle(bridge.getShell());
    if (reply.ok) setShell(reply.value);
  }, [bridge]);
  const moving = shell?.update.state === 'checking' || shell?.update.state === 'downloading';
  useEffect(() => {
    void look();
    if (!moving) return;
    const timer = setInterval(() => void look(), UPDATE_LOOK_MS);
    return () => clearInterval(timer);
  }, [look, moving]);
  return [shell, setShell];
}
