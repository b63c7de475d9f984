import { describe, expect, it } from 'vitest';
import { asNotified, noticesOf } from '../../../src-main/electron/notices.ts';
import { taskbarOf } from '../../../src-main/electron/taskbar.ts';
import { createWords } from '../../../src-main/electron/words.ts';
import { albumId } from '../../../src-preload/contract/ids.ts';
import { ACCOUNT, ROOT, SETTINGS } from '../../support/fake-bridge.ts';
import { failing, shellFacts, shellRun } from '../../support/shell-facts.ts';

const words = createWords('en', ['en']);
const tell = (facts: ReturnType<typeof shellFacts>, told: readonly string[] = []) =>
  noticesOf(facts, told, words);
const albums = (...titles: readonly string[]) =>
  new Map(titles.map((title) => [albumId(title.replaceAll(' ', '')), title]));
const signedOut = { account: { ...ACCOUNT, signedIn: false } };

describe('a notification', () => {
  it('names what a run added, once it has ended', () => {
    const added = albums('Slow Weather', 'Night Bus');
    expect(tell(shellFacts({ added, run: shellRun('running') })).notices).toEqual([]);
    expect(tell(shellFacts({ added, run: shellRun('finished') }))).toMatchObject({
      notices: [{ title: '2 albums synced', body: 'Slow Weather\nNight Bus', place: 'library' }],
      toldAdded: true,
    });
  });

  it('brings no markup along where the system would read it', () => {
    const name = '<a href="https://example.com/">free</a> & more';
    expect(asNotified(name, 'linux')).not.toContain('<');
    expect(asNotified('Slow & Weather', 'linux')).toBe('Slow & Weather');
    expect(asNotified(name, 'win32')).toBe(name);
  });

  it('names three albums and counts the rest', () => {
    const added = albums('A', 'B', 'C', 'D', 'E');
    const [notice] = tell(shellFacts({ added, run: shellRun('finished') })).notices;
    expect(notice).toMatchObject({ title: '5 albums synced', body: 'A\nB\nC\nand 2 more' });
  });

  it('tells of albums that came before a stop with the run that goes on', () => {
    const added = albums('A');
    const stopped = shellRun('stopped', 0, { error: { code: 'OFFLINE', params: {} } });
    expect(tell(shellFacts({ added, run: stopped }))).toMatchObject({
      notices: [],
      toldAdded: false,
    });
  });

  it('says nothing of a run that added nothing', () => {
    expect(tell(shellFacts({ run: shellRun('finished') })).notices).toEqual([]);
  });

  it.each([
    [signedOut, 'account', 'Crateful is signed out of Qobuz'],
    [{ root: { ...ROOT, state: 'missing' } }, 'settings', 'The music folder cannot be used'],
    [
      { run: shellRun('stopped', 0, { error: { code: 'DISK_FULL', params: {} } }) },
      'activity',
      'The sync has stopped',
    ],
    [
      { run: shellRun('finished'), failed: failing('a', 'b') },
      'activity',
      '2 files could not be fetched',
    ],
  ] as const)('for %o leads to %s, and is not repeated while it holds', (change, place, title) => {
    const first = tell(shellFacts(change));
    expect(first.notices).toMatchObject([{ place, title }]);
    expect(first.notices[0]!.body).toMatch(/^[A-Z].*\.$/);
    expect(tell(shellFacts(change), first.told).notices).toEqual([]);
  });

  it('comes again when its cause was gone in between', () => {
    const { told } = tell(shellFacts(signedOut));
    const well = tell(shellFacts(), told);
    expect(well.told).toEqual([]);
    expect(tell(shellFacts(signedOut), well.told).notices).toHaveLength(1);
  });

  it('comes again for another item that fails, and not for the same ones in another run', () => {
    const { told } = tell(shellFacts({ run: shellRun('finished'), failed: failing('a', 'b') }));
    const again = shellFacts({ run: shellRun('finished'), failed: failing('a') });
    expect(tell(again, told).notices).toEqual([]);
    const other = shellFacts({ run: shellRun('finished'), failed: failing('a', 'c') });
    expect(tell(other, told).notices).toHaveLength(1);
  });

  it('remembers over a restart, and through a run, what was told of runs', () => {
    const failed = failing('a');
    const { told } = tell(shellFacts({ run: shellRun('finished'), failed }));
    const restarted = tell(shellFacts(), told);
    expect(restarted.told).toEqual(told);
    const during = tell(shellFacts({ run: shellRun('running') }), restarted.told);
    expect(during.told).toEqual(told);
    expect(tell(shellFacts({ run: shellRun('finished'), failed }), during.told).notices).toEqual(
      [],
    );
  });

  it('of each kind can be switched off, and its cause counts as told', () => {
    const settings = { ...SETTINGS, notifyNewPurchases: false, notifyAttention: false };
    const run = shellRun('finished');
    expect(tell(shellFacts({ settings, run, added: albums('A') }))).toMatchObject({
      notices: [],
      toldAdded: true,
    });
    const quiet = tell(shellFacts({ settings, ...signedOut }));
    expect(quiet.notices).toEqual([]);
    expect(tell(shellFacts(signedOut), quiet.told).notices).toEqual([]);
  });
});

describe('the taskbar', () => {
  it('shows a run, its pause, and what needs the person at its end', () => {
    const bar = (change: Parameters<typeof shellFacts>[0]) => taskbarOf(shellFacts(change));
    expect(bar({})).toEqual({ progress: -1, mode: 'none', badge: '' });
    expect(bar({ run: shellRun('running', 426) })).toMatchObject({
      progress: 0.42,
      mode: 'normal',
    });
    const preparing = shellRun('preparing');
    const empty = { ...preparing.totals, plannedBytes: 0 };
    expect(bar({ run: { ...preparing, totals: empty } })).toMatchObject({ mode: 'indeterminate' });
    expect(bar({ run: shellRun('paused', 500), queue: { paused: true } })).toMatchObject({
      progress: 0.5,
      mode: 'paused',
    });
    expect(bar({ run: shellRun('finished'), failed: failing('a', 'b', 'c') })).toEqual({
      progress: 1,
      mode: 'error',
      badge: '3',
    });
  });
});
