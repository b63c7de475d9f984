import { describe, expect, it } from 'vitest';
import { parseSettings, settingScope } from '../../src-main/settings.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../src-preload/contract/settings.ts';

describe('settings', () => {
  it('are the defaults where nothing is stored, and those are within their own bounds', () => {
    expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
    expect(parseSettings({ machine: {}, root: {} })).toEqual({
      settings: DEFAULT_SETTINGS,
      reset: [],
    });
  });

  it('fall back one by one: a bad value costs only itself and is named', () => {
    const stored = {
      machine: { concurrency: 99, theme: 'dark', reservePercent: null, retired: true },
      root: { preference: 'flac' },
    };
    expect(parseSettings(stored)).toEqual({
      settings: { ...DEFAULT_SETTINGS, theme: 'dark' },
      reset: ['concurrency', 'reservePercent', 'preference'],
    });
  });

  it('count only in the scope they belong to', () => {
    const stored = { machine: { preference: 'cd' }, root: { preference: 'mp3', concurrency: 2 } };
    expect(parseSettings(stored).settings).toEqual({ ...DEFAULT_SETTINGS, preference: 'mp3' });
    expect(settingScope('preference')).toBe('root');
    expect(settingScope('concurrency')).toBe('machine');
  });
});
