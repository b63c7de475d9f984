import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type TrayItem, trayModel } from '../../../src-main/electron/tray-model.ts';
import { createWords } from '../../../src-main/electron/words.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { ACCOUNT, ROOT } from '../../support/fake-bridge.ts';
import { failing, shellFacts, shellRun } from '../../support/shell-facts.ts';

vi.mock('electron', () => ({ nativeImage: {} }));
const { pictureOf, PROGRESS_STEPS, trayLook } = await import(
  '../../../src-main/electron/tray-icon.ts'
);

const NOW = new Date(2026, 10, 21, 15, 0).getTime();
const words = createWords('en', ['en-GB']);
const model = (facts: Parameters<typeof trayModel>[0]) => trayModel(facts, words, NOW);
const labels = (items: readonly TrayItem[]): string[] =>
  items.map((item) => ('separator' in item ? '-' : item.label));
const lineOf = (facts: Parameters<typeof trayModel>[0], label: string) =>
  model(facts).items.find((item) => 'label' in item && item.label === label);

describe('the tray', () => {
  it('says when it last synced, and offers everything', () => {
    const lastSyncAtMs = new Date(2026, 10, 21, 14, 5).getTime();
    const { background } = shellFacts();
    const facts = shellFacts({ background: { ...background, lastSyncAtMs } });
    expect(model(facts)).toMatchObject({
      state: 'idle',
      share: null,
      tooltip: 'Crateful: Synced 14:05',
    });
    expect(labels(model(facts).items)).toEqual([
      'Synced 14:05',
      '-',
      'Sync now',
      'Pause',
      'Add link…',
      '-',
      'Open Crateful',
      'Settings…',
      '-',
      'Quit Crateful',
    ]);
  });

  it('takes links as soon as somebody is signed in', () => {
    const action = { do: 'addLink' };
    expect(lineOf(shellFacts(), 'Add link…')).toMatchObject({ enabled: true, action });
    expect(lineOf(shellFacts({ account: null }), 'Add link…')).toMatchObject({ enabled: false });
    expect(lineOf(null, 'Add link…')).toMatchObject({ enabled: false });
  });

  it.each([
    [
      'de',
      'de-AT',
      'Crateful: Synchronisiert · 14:05',
      'Jetzt synchronisieren',
      'Crateful beenden',
    ],
    [
      'fr',
      'fr-CA',
      'Crateful : Synchronisé · 14 h 05',
      'Synchroniser maintenant',
      'Quitter Crateful',
    ],
  ] as const)('speaks %s, with times as in %s', (language, locale, tooltip, sync, quit) => {
    const lastSyncAtMs = new Date(2026, 10, 21, 14, 5).getTime();
    const { background } = shellFacts();
    const facts = shellFacts({ background: { ...background, lastSyncAtMs } });
    const spoken = trayModel(facts, createWords(language, [locale, 'en-GB']), NOW);
    expect(spoken.tooltip.replaceAll(/\s/g, ' ')).toBe(tooltip);
    expect(labels(spoken.items)).toEqual(expect.arrayContaining([sync, quit]));
  });

  it('gives the date of a sync of another day', () => {
    const lastSyncAtMs = new Date(2026, 10, 19, 14, 5).getTime();
    const facts = shellFacts({ background: { ...shellFacts().background, lastSyncAtMs } });
    expect(model(facts).tooltip).toContain('19 Nov 2026');
  });

  it('shows how far a sync is, and starts no second one', () => {
    const facts = shellFacts({ run: shellRun('running', 424) });
    expect(model(facts)).toMatchObject({ state: 'syncing', share: 0.424 });
    expect(model(facts).tooltip).toBe('Crateful: Syncing, 42%');
    expect(lineOf(facts, 'Sync now')).toMatchObject({ enabled: false });
    expect(lineOf(facts, 'Pause')).toMatchObject({ enabled: true, action: { do: 'pause' } });
  });

  it('says that it looks while nothing is planned yet', () => {
    const run = shellRun('preparing');
    const facts = shellFacts({ run: { ...run, totals: { ...run.totals, plannedBytes: 0 } } });
    expect(model(facts)).toMatchObject({ state: 'syncing', share: null });
    expect(model(facts).tooltip).toBe('Crateful: Looking for purchases');
  });

  it('offers to resume what is paused', () => {
    const facts = shellFacts({ run: shellRun('paused', 100), queue: { paused: true } });
    expect(model(facts)).toMatchObject({ state: 'idle', share: null, tooltip: 'Crateful: Paused' });
    expect(lineOf(facts, 'Resume')).toMatchObject({ enabled: true, action: { do: 'resume' } });
    expect(lineOf(facts, 'Pause')).toBeUndefined();
  });

  it('says that the network is away and whether something waits for it', () => {
    const background = { ...shellFacts().background, online: false };
    expect(model(shellFacts({ background }))).toMatchObject({
      state: 'offline',
      tooltip: 'Crateful: Offline',
    });
    const holding = shellFacts({ background: { ...background, holding: 'offline' } });
    expect(model(holding).tooltip).toBe('Crateful: Offline. Goes on when the network is back');
  });

  it.each([
    [{ account: { ...ACCOUNT, signedIn: false } }, 'Signed out of Qobuz'],
    [{ root: { ...ROOT, state: 'missing' } }, 'The music folder cannot be used'],
    [{ failed: failing('a', 'b') }, '2 files could not be fetched'],
    [{ failed: failing('a') }, '1 file could not be fetched'],
    [
      { run: shellRun('stopped', 0, { error: { code: 'DISK_FULL', params: {} } }) },
      words.t('errors.DISK_FULL.sentence'),
    ],
  ] as const)('asks for attention with %o, and its first line leads there', (change, status) => {
    const shown = model(shellFacts(change));
    expect(shown.state).toBe('attention');
    expect(shown.tooltip).toBe(`Crateful: ${status}`);
    expect(shown.items[0]).toMatchObject({
      label: status,
      action: { do: 'attention' },
      enabled: true,
    });
  });

  it('needs nobody for a network that went away or a stop that was wished for', () => {
    const offline = shellRun('stopped', 0, { error: { code: 'OFFLINE', params: {} } });
    expect(model(shellFacts({ run: offline })).state).toBe('idle');
    expect(model(shellFacts({ run: shellRun('stopped') })).state).toBe('idle');
  });

  it('only tells, and can be opened and quit, before there is an engine, an account or a folder', () => {
    expect(model(null).tooltip).toBe('Crateful: Starting');
    expect(model(shellFacts({ account: null })).tooltip).toBe('Crateful: Not signed in');
    expect(model(shellFacts({ root: null })).tooltip).toBe('Crateful: No music folder chosen yet');
    for (const facts of [null, shellFacts({ account: null }), shellFacts({ root: null })]) {
      expect(lineOf(facts, 'Sync now')).toMatchObject({ enabled: false });
      expect(lineOf(facts, 'Open Crateful')).toMatchObject({ enabled: true });
      expect(lineOf(facts, 'Quit Crateful')).toMatchObject({ enabled: true });
    }
  });

  it('lists what came last, each leading to its album, with an ampersand that is one', () => {
    const recent = [{ albumId: albumId('a1'), title: 'Copper & Glass', artist: 'Mira' }];
    const [list] = model(shellFacts({ recent })).items.filter((item) => 'items' in item);
    expect(list).toEqual({
      label: 'Recently added',
      items: [
        { label: 'Copper && Glass – Mira', action: { do: 'album', albumId: 'a1' }, enabled: true },
      ],
    });
  });
});

describe('the icon in the tray', () => {
  const assets = join(import.meta.dirname, '../../../assets/tray');

  it('has a picture for every state and step, in every look and size', () => {
    const shares = Array.from({ length: PROGRESS_STEPS + 1 }, (_, step) => step / PROGRESS_STEPS);
    const pictures = [
      ...(['idle', 'attention', 'offline'] as const).map((state) =>
        pictureOf({ state, share: null }),
      ),
      ...shares.map((share) => pictureOf({ state: 'syncing', share })),
    ];
    expect(new Set(pictures).size).toBe(12);
    for (const picture of pictures) {
      for (const size of [16, 22, 24, 32, 44]) {
        for (const look of ['light', 'dark']) {
          expect(existsSync(join(assets, look, `${picture}-${size}.png`)), picture).toBe(true);
        }
      }
      for (const size of [16, 32]) {
        expect(existsSync(join(assets, 'template', `${picture}-${size}.png`)), picture).toBe(true);
      }
    }
  });

  it('fills as the sync goes on, and is full only at its end', () => {
    expect(pictureOf({ state: 'syncing', share: null })).toBe('sync-0');
    expect(pictureOf({ state: 'syncing', share: 0.5 })).toBe('sync-4');
    expect(pictureOf({ state: 'syncing', share: 0.999 })).toBe('sync-7');
    expect(pictureOf({ state: 'syncing', share: 1 })).toBe('sync-8');
  });

  it('suits the panel: a template on macOS, dark panels of GNOME always, else the theme', () => {
    const look = (platform: NodeJS.Platform, dark: boolean, desktop = '') =>
      trayLook({ platform, dark, desktop });
    expect(look('darwin', true)).toBe('template');
    expect(look('win32', true)).toBe('dark');
    expect(look('win32', false)).toBe('light');
    expect(look('linux', false, 'KDE')).toBe('light');
    expect(look('linux', true, 'KDE')).toBe('dark');
    expect(look('linux', false, 'ubuntu:GNOME')).toBe('dark');
  });
});
