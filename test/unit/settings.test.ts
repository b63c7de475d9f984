import { describe, expect, it } from 'vitest';
import { parseSettings, settingScope } from '../../src-main/settings.ts';

const DEFAULTS = { concurrency: 4, reservePercent: 1, theme: 'system', preference: 'best' };

describe('settings', () => {
  it('are the defaults where nothing is stored', () => {
    expect(parseSettings({ machine: {}, root: {} })).toEqual({ settings: DEFAULTS, reset: [] });
  });

  it('fall back one by one: a bad value costs only itself and is named', () => {
    const stored = {
      machine: { concurrency: 99, theme: 'dark', reservePercent: null, retired: true },
      root: { preference: 'flac' },
    };
    expect(parseSettings(stored)).toEqual({
      settings: { ...DEFAULTS, theme: 'dark' },
      reset: ['concurrency', 'reservePercent', 'preference'],
    });
  });

  it('count only in the scope they belong to', () => {
    const stored = { machine: { preference: 'cd' }, root: { preference: 'mp3', concurrency: 2 } };
    expect(parseSettings(stored).settings).toEqual({ ...DEFAULTS, preference: 'mp3' });
    expect(settingScope('preference')).toBe('root');
    expect(settingScope('concurrency')).toBe('machine');
  });
});
