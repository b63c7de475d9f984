import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { CALL_NAMES, channelOf } from './contract/call-names.ts';
import type { Delta } from './contract/views.ts';

// Exactly the contract's calls and events, by name; the page never holds `ipcRenderer` (architecture §7).
// Main checks sender and input, so that nothing here needs to be trusted.
const calls = Object.fromEntries(
  CALL_NAMES.map((name) => [
    name,
    (input?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(name), input),
  ]),
);

contextBridge.exposeInMainWorld('crateful', {
  ...calls,
  onDelta(listener: (delta: Delta) => void): () => void {
    const forward = (_event: IpcRendererEvent, delta: Delta): void => listener(delta);
    ipcRenderer.on(channelOf('delta'), forward);
    return () => ipcRenderer.off(channelOf('delta'), forward);
  },
});
