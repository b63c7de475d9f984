import type { Settings, SettingsPatch } from '../../../src-preload/contract/settings.ts';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';

/** The settings in force and the way to change some of them; a refusal is reported in the window's corner. */
export interface Saving {
  readonly settings: Settings;
  save(patch: SettingsPatch): void;
}

/** See {@link Saving}. */
export function useSave(): Saving {
  const { bridge } = useSurroundings();
  const settings = useMirror((mirror) => mirror.settings);
  const update = useCall(bridge.updateSettings);
  return { settings, save: (patch) => void update.start(patch) };
}
