import type { Library } from '../library/library.ts';

/** Whether the queue as a whole is paused; it outlives the process. */
export interface Pause {
  isOn(): boolean;
  set(on: boolean): Promise<void>;
}

const KEY = 'queuePaused';

/** Reads whether somebody paused the queue on this computer. */
export async function loadPause({ settings }: Pick<Library, 'settings'>): Promise<Pause> {
  let on = (await settings.get('machine', '', KEY)) === true;
  return {
    isOn: () => on,
    async set(next) {
      await settings.set('machine', '', KEY, next ? true : undefined);
      on = next;
    },
  };
}
