import { describe, expect, it } from 'vitest';
import { newestFirst } from '../../../src-main/downloads/newest-first.ts';

/** Work that ends when told to, noting when it began. */
function controlled() {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { began, work, end: (name: string) => ends.get(name)?.() };
}

describe('a line that serves the newest first', () => {
  it('lets so many work at once, and takes whoever came last next', async () => {
    const { began, work, end } = controlled();
    const line = newestFirst({ atOnce: 2, waiting: 10 });
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => line.run(work(name)));
    expect(began).toEqual(['a', 'b']);
    end('a');
    await all[0];
    await expect.poll(() => began).toEqual(['a', 'b', 'e']);
    end('e');
    await expect.poll(() => began).toEqual(['a', 'b', 'e', 'd']);
    for (const name of ['b', 'd']) end(name);
    await expect.poll(() => began).toContain('c');
    end('c');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives up whom too many came after, and nobody else', async () => {
    const { began, work, end } = controlled();
    const line = newestFirst({ atOnce: 1, waiting: 2 });
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => line.run(work(name)));
    expect(await all[1]).toBeNull();
    expect(await all[2]).toBeNull();
    for (const name of ['a', 'e', 'd']) {
      await expect.poll(() => began).toContain(name);
      end(name);
    }
    expect(await Promise.all(all)).toEqual(['a', null, null, 'd', 'e']);
  });

  it('goes on after work that failed', async () => {
    const line = newestFirst({ atOnce: 1, waiting: 2 });
    await expect(line.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await line.run(async () => 'yes')).toBe('yes');
  });
});
