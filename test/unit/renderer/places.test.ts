import { describe, expect, it } from 'vitest';
import { TEMPLATE_PRESETS } from '../../../src-preload/contract/naming.ts';
import { numberLocale } from '../../../src-renderer/i18n.ts';
import { fromSnapshot } from '../../../src-renderer/store/reducer.ts';
import { countryName } from '../../../src-renderer/views/account/country.ts';
import { unfinishedJobs } from '../../../src-renderer/views/account/unfinished.ts';
import { opensSetup } from '../../../src-renderer/views/first-run/opens-setup.ts';
import { beginsWords } from '../../../src-renderer/views/palette/begins-words.ts';
import { actionsNow } from '../../../src-renderer/views/palette/commands.ts';
import { modesFor, needsNoDecision } from '../../../src-renderer/views/settings/folder-modes.ts';
import { presetOf } from '../../../src-renderer/views/settings/preset-of.ts';
import { PICKED, ROOT, SETTINGS } from '../../support/fake-bridge.ts';
import { SCENES } from '../../support/scenes.ts';

describe('a picked folder', () => {
  const foreign = { ...PICKED, state: 'foreign' } as const;

  it('is used at once when it is the first and nobody else’s', () => {
    expect(needsNoDecision(PICKED, false)).toBe(true);
    expect(needsNoDecision(PICKED, true)).toBe(false);
    expect(needsNoDecision(foreign, false)).toBe(false);
  });

  it('can take the library in only when the library is there', () => {
    expect(modesFor(PICKED, 'here')).toEqual(['move', 'use']);
    expect(modesFor(PICKED, 'away')).toEqual(['use']);
  });

  it('that lost its marker or has another can only be begun anew, and one that cannot be written not at all', () => {
    expect(modesFor(foreign, 'here')).toEqual(['anew']);
    expect(modesFor({ ...PICKED, state: 'missing' }, 'none')).toEqual(['anew']);
    expect(modesFor({ ...PICKED, state: 'not-writable' }, 'here')).toEqual([]);
    expect(modesFor({ ...PICKED, state: 'current' }, 'here')).toEqual([]);
  });
});

describe('the first steps', () => {
  const fresh = { ...SETTINGS, setupStep: 'folder' } as const;
  const app = SCENES.library.snapshot.app;

  it('open by themselves while there is no folder, and never once they are done', () => {
    expect(opensSetup({ settings: fresh, root: null, app })).toBe(true);
    expect(opensSetup({ settings: fresh, root: ROOT, app })).toBe(false);
    expect(opensSetup({ settings: SETTINGS, root: null, app })).toBe(false);
  });

  it('open in the demo, which brings a folder, until they were begun', () => {
    const demo = { ...app, demo: true };
    expect(opensSetup({ settings: fresh, root: ROOT, app: demo })).toBe(true);
    const begun = { ...SETTINGS, setupStep: 'fetch' } as const;
    expect(opensSetup({ settings: begun, root: ROOT, app: demo })).toBe(false);
  });
});

describe('the palette', () => {
  it('offers only what has an effect as things stand', () => {
    const idle = actionsNow(fromSnapshot(SCENES.library.snapshot));
    expect(idle).toContain('sync');
    expect(idle).toContain('verify');
    expect(idle).not.toContain('stop');
    expect(idle).not.toContain('retry');
    const running = actionsNow(fromSnapshot(SCENES.syncing.snapshot));
    expect(running).toContain('stop');
    expect(running).not.toContain('sync');
    const signedOut = actionsNow(fromSnapshot(SCENES['signed-out'].snapshot));
    expect(signedOut).not.toContain('sync');
    expect(signedOut).not.toContain('refresh');
    const paused = fromSnapshot({ ...SCENES.library.snapshot, queue: { paused: true } });
    expect(actionsNow(paused)).toContain('resume');
    expect(actionsNow(paused)).not.toContain('pause');
  });

  it('finds the beginnings of words', () => {
    expect(beginsWords('sy no', 'Sync now')).toBe(true);
    expect(beginsWords('o', 'Sync now')).toBe(false);
  });
});

describe('the rest of a queue', () => {
  it('is what still waits, runs, is paused or failed', () => {
    const { jobs } = fromSnapshot(SCENES.syncing.snapshot);
    const all = [...jobs.values()].flat();
    const ended = all.filter(({ state }) => state === 'done' || state === 'unavailable');
    expect(unfinishedJobs(jobs)).toBe(all.length - ended.length);
    expect(ended.length).toBeGreaterThan(0);
  });
});

describe('words by language', () => {
  it('name a country, and leave a code nobody knows as it is', () => {
    expect(countryName('se', 'en')).toBe('Sweden');
    expect(countryName('DE', 'fr')).toBe('Allemagne');
    expect(countryName('Narnia', 'en')).toBe('Narnia');
    expect(countryName(null, 'en')).toBeNull();
  });

  it('write numbers as in the system’s own variant of the language', () => {
    expect(numberLocale('en', ['sv-SE', 'en-GB'])).toBe('en-GB');
    expect(numberLocale('de', ['en-GB'])).toBe('de');
  });
});

describe('a naming template', () => {
  it('is a preset or one’s own', () => {
    expect(presetOf(TEMPLATE_PRESETS.flat)).toBe('flat');
    expect(presetOf(` ${TEMPLATE_PRESETS.standard} `)).toBe('standard');
    expect(presetOf('{album}/{title}')).toBeNull();
  });
});
