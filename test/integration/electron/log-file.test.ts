import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFile } from '../../../src-main/electron/log-file.ts';
import { redact } from '../../../src-main/redaction.ts';
import { fakeClock } from '../../support/fake-clock.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'crateful-log-'));
  folder = join(base, 'logs');
});
afterEach(async () => {
  await chmod(base, 0o700);
  await rm(base, { recursive: true, force: true });
});

const open = (given: Partial<Parameters<typeof createLogFile>[0]> = {}) =>
  createLogFile({ folder, clock: fakeClock(), redact: (text) => text, ...given });
const read = (name = 'crateful.log') => readFile(join(folder, name), 'utf8');

describe('the log', () => {
  it('writes one line each, with time and level, after those of the last start', async () => {
    const first = open();
    first.write('info', 'RUN_STARTED {}');
    first.write('error', 'two\nlines\r\nand a forged one');
    await first.flush();
    const second = open();
    second.write('warning', 'again');
    await second.flush();
    expect(await read()).toBe(
      [
        '2026-11-21T00:00:00.000Z info RUN_STARTED {}',
        '2026-11-21T00:00:00.000Z error two\\nlines\\nand a forged one',
        '2026-11-21T00:00:00.000Z warning again',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what is less urgent than its level, which changes at once', async () => {
    const log = open();
    const say = (round: number) => {
      for (const level of ['error', 'warning', 'info', 'debug'] as const) {
        log.write(level, `${round}`);
      }
    };
    say(1);
    log.setLevel('debug');
    say(2);
    log.setLevel('error');
    say(3);
    await log.flush();
    const lines = (await read()).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'error 1',
      'warning 1',
      'info 1',
      'error 2',
      'warning 2',
      'info 2',
      'debug 2',
      'error 3',
    ]);
  });

  it('keeps so many files of so many bytes and no more, the newest lines among them', async () => {
    for (let start = 0; start < 3; start++) {
      const log = open({ maxBytes: 1000, maxFiles: 3 });
      for (let line = 0; line < 40; line++) log.write('info', `start ${start} line ${line}`);
      await log.flush();
    }
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['crateful.1.log', 'crateful.2.log', 'crateful.log']);
    const texts = await Promise.all(names.map((name) => read(name)));
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1000);
    expect(texts.at(-1)).toContain('start 2 line 39');
    const all = (await read('crateful.2.log')) + (await read('crateful.1.log')) + (await read());
    const numbers = [...all.matchAll(/start (\d) line (\d+)/g)].map(
      (m) => Number(m[1]) * 40 + Number(m[2]),
    );
    expect(numbers).toEqual(numbers.map((_, index) => 120 - numbers.length + index));
  });

  it('holds nothing private', async () => {
    const log = open({ redact: (text) => redact(text, { homeFolder: homedir() }) });
    log.write('error', `user_auth_token=abc ${join(homedir(), 'Music')} jo@example.org`);
    await log.flush();
    expect(await read()).toMatch(/user_auth_token=\[hidden\] ~[\\/]Music \[e-mail\]\n$/);
  });

  it('that cannot be written disturbs nobody, and goes on when it can', async () => {
    await writeFile(folder, 'a file stands where the folder should be');
    const log = open();
    log.write('error', 'lost');
    await log.flush();
    await rm(folder);
    log.write('error', 'kept');
    await log.flush();
    expect(await read()).toMatch(/ error kept\n$/);
    expect(await read()).not.toContain('lost');
  });

  it('does not pass on what goes wrong with a line', () => {
    const log = open({
      redact: () => {
        throw new Error('out of words');
      },
    });
    expect(() => log.write('error', 'anything')).not.toThrow();
  });

  it('drops lines rather than memory while the disk hangs, and says how many', async () => {
    const log = open({ maxBytes: 10_000_000 });
    for (let line = 0; line < 5000; line++) log.write('info', `line ${line}`);
    await log.flush();
    const lines = (await read()).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(2100);
    expect(lines.at(-1)).toMatch(/warning \d{4} lines were dropped$/);
  });
});
