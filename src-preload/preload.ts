import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { CALL_NAMES, channelOf, type PlaceName } from './contract/call-names.ts';
import type { AlbumId } from './contract/ids.ts';
import type { Delta } from './contract/views.ts';

// Exactly the contract's calls and events, by name; the page never holds `ipcRenderer` (architecture §7).
// Main checks sender and input, so that nothing here needs to be trusted.
const calls = Object.fromEntries(
  CALL_NAMES.map((name) => [
    name,
    (input?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(name), input),
  ]),
);

type GoToListener = (place: PlaceName, albumId?: AlbumId) => void;
const goToListeners = new Set<GoToListener>();
/** Where a click led that opened the window: told to the first who listens. */
let missed: Parameters<GoToListener> | null = null;
ipcRenderer.on(channelOf('goTo'), (_event, ...where: Parameters<GoToListener>) => {
  if (goToListeners.size === 0) missed = where;
  for (const listener of goToListeners) listener(...where);
});

contextBridge.exposeInMainWorld('crateful', {
  ...calls,
  onDelta(listener: (delta: Delta) => void): () => void {
    const forward = (_event: IpcRendererEvent, delta: Delta): void => listener(delta);
    ipcRenderer.on(channelOf('delta'), forward);
    return () => ipcRenderer.off(channelOf('delta'), forward);
  },
  onGoTo(listener: GoToListener): () => void {
    goToListeners.add(listener);
    if (missed) listener(...missed);
    missed = null;
    return () => {
      goToListeners.delete(listener);
    };
  },
});
