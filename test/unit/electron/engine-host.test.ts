import { describe, expect, it, vi } from 'vitest';
import { createEngineHost, type World } from '../../../src-main/electron/engine-host.ts';
import type { Engine } from '../../../src-main/engine.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import type { Delta } from '../../../src-preload/contract/views.ts';

/** A host over engines that only send deltas and note their end; `faults` fail the next builds. */
function scene(faults: Error[] = []) {
  const log: string[] = [];
  const sent: Delta[] = [];
  const damages: AbortController[] = [];
  const emitters = new Map<World, (delta: Delta) => void>();
  const host = createEngineHost({
    world: 'real',
    async build(world) {
      const fault = faults.shift();
      if (fault) throw fault;
      log.push(`build ${world}`);
      const damage = new AbortController();
      damages.push(damage);
      const engine = {
        world,
        onDelta: (listener: (delta: Delta) => void) => {
          emitters.set(world, listener);
          return () => undefined;
        },
        damaged: damage.signal,
        care: { learnAgain: async (rebuilt: unknown) => ({ rebuilt }) },
        dispose: async () => {
          log.push(`dispose ${world}`);
        },
      };
      return {
        engine: engine as unknown as Engine,
        stop: async () => {
          log.push(`stop ${world}`);
        },
      };
    },
    async rebuildRecord(world) {
      log.push(`rebuild ${world}`);
      return { source: 'empty', backup: null, setAside: null } as const;
    },
    send: (delta) => sent.push(delta),
  });
  return {
    host,
    log,
    sent,
    damages,
    emit: (world: World, seq: number) => emitters.get(world)?.({ seq }),
  };
}

describe('the engine host', () => {
  it('builds one engine however many calls arrive at once', async () => {
    const { host, log } = scene();
    const [one, other] = await Promise.all([host.current(), host.current()]);
    expect(one).toBe(other);
    expect(log).toEqual(['build real']);
  });

  it('ends one world before it builds the other, then tells the window to start anew', async () => {
    const { host, log, sent, emit } = scene();
    await host.current();
    emit('real', 7);
    await host.switchTo('demo');
    expect(log).toEqual(['build real', 'dispose real', 'stop real', 'build demo']);
    expect(sent).toEqual([{ seq: 7 }, { seq: 8, reset: true }]);
    expect(await host.current()).toMatchObject({ world: 'demo' });
  });

  it('drops what an engine says after it was replaced', async () => {
    const { host, sent, emit } = scene();
    await host.current();
    await host.switchTo('demo');
    const before = sent.length;
    emit('real', 99);
    emit('demo', 1);
    expect(sent.slice(before)).toEqual([{ seq: 1 }]);
  });

  it('answers the fault of a build that failed and builds again at the next call', async () => {
    const { host, log } = scene([new CratefulError('ALREADY_RUNNING', { holder: 'cli', pid: 4 })]);
    await expect(host.current()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    await host.current();
    expect(log).toEqual(['build real']);
  });

  it('stays in its world when the other cannot be built, and says why', async () => {
    const faults: Error[] = [];
    const { host, log, sent } = scene(faults);
    await host.current();
    faults.push(new CratefulError('DISK_FULL'));
    await expect(host.switchTo('demo')).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(sent.at(-1)).toMatchObject({ reset: true });
    expect(await host.current()).toMatchObject({ world: 'real' });
    expect(log).toEqual(['build real', 'dispose real', 'stop real', 'build real']);
  });

  it('ends an engine whose record turns out to be damaged, and tells the window to ask why', async () => {
    const faults: Error[] = [];
    const { host, log, sent, damages } = scene(faults);
    await host.current();
    faults.push(new CratefulError('DATABASE_DAMAGED'), new CratefulError('DATABASE_DAMAGED'));
    damages[0]?.abort();
    await vi.waitFor(() => expect(sent.at(-1)).toMatchObject({ reset: true }));
    expect(log).toEqual(['build real', 'dispose real', 'stop real']);
    await expect(host.current()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
    expect(await host.recover()).toMatchObject({ rebuilt: { source: 'empty' } });
    expect(log.slice(3)).toEqual(['rebuild real', 'build real']);
  });

  it('rebuilds nothing that is not damaged', async () => {
    const { host, log } = scene();
    await host.current();
    expect(await host.recover()).toBeNull();
    expect(log).toEqual(['build real']);
  });

  it('builds nothing any more once it is disposed', async () => {
    const { host, log } = scene();
    await host.current();
    await host.dispose();
    await expect(host.current()).rejects.toThrow();
    expect(log).toEqual(['build real', 'dispose real', 'stop real']);
  });
});
