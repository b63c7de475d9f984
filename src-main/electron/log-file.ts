import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LOG_LEVELS } from '../../src-preload/contract/settings.ts';
import type { Clock } from '../ports.ts';

/** How much is written, the quietest first. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of one app, in files of bounded size. Nothing it meets ever reaches whoever logs. */
export interface LogFile {
  /** Absolute; made with the first line. */
  readonly folder: string;
  /** One line; what is less urgent than the level in force is left out. */
  write(level: LogLevel, message: string): void;
  /** Holds for every line after it. */
  setLevel(level: LogLevel): void;
  /** Resolves when everything written so far is in its file, or is known not to get there. */
  flush(): Promise<void>;
}

/** From the quietest on: a level lets through itself and what stands before it. */
const URGENCY: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];
const NAME = 'crateful';
const MAX_BYTES = 1_000_000;
const MAX_FILES = 5;
/** Lines that may wait for a disk that hangs; more are dropped and counted. */
const MOST_WAITING = 2000;

/**
 * A log under `folder`: `crateful.log`, and older ones as `crateful.1.log` to `crateful.4.log`, a megabyte each at most.
 * Lines are redacted before they wait, so that nothing secret is ever in a buffer. It is our own because that is all
 * there is to it: the usual packages bring transports, IPC hooks and a global logger, and none redacts.
 */
export function createLogFile(options: {
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly redact: (text: string) => string;
  readonly level?: LogLevel;
  readonly maxBytes?: number;
  readonly maxFiles?: number;
}): LogFile {
  const { folder, clock, redact, maxBytes = MAX_BYTES, maxFiles = MAX_FILES } = options;
  let level: LogLevel = options.level ?? 'info';
  let waiting: string[] = [];
  let dropped = 0;
  let writing: Promise<void> | null = null;
  /** Of the newest file; null until somebody has looked. */
  let bytes: number | null = null;

  const pathOf = (age: number): string =>
    join(folder, age === 0 ? `${NAME}.log` : `${NAME}.${age}.log`);

  const rotate = async (): Promise<void> => {
    for (let age = maxFiles - 2; age >= 0; age--) {
      // The oldest is written over; one that is not there yet has nothing to move.
      await rename(pathOf(age), pathOf(age + 1)).catch(() => undefined);
    }
    bytes = 0;
  };

  const append = async (lines: readonly string[]): Promise<void> => {
    await mkdir(folder, { recursive: true });
    bytes ??= await stat(pathOf(0)).then(
      ({ size }) => size,
      () => 0,
    );
    let text = '';
    for (const line of lines) {
      const size = bytes + Buffer.byteLength(text) + Buffer.byteLength(line);
      if (size > maxBytes && bytes + text.length > 0) {
        if (text !== '') await appendFile(pathOf(0), text, { mode: 0o600 });
        text = '';
        await rotate();
      }
      text += line;
    }
    await appendFile(pathOf(0), text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      if (dropped > 0) lines.push(lineOf('warning', `${dropped} lines were dropped`));
      dropped = 0;
      // A full disk or a folder that is gone: the log loses lines, the app nothing. Its size is looked at anew.
      await append(lines).catch(() => {
        bytes = null;
      });
    }
    writing = null;
  };

  const lineOf = (at: LogLevel, message: string): string => {
    const one = message.replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n').slice(0, 4000);
    return `${new Date(clock.now()).toISOString()} ${at} ${one}\n`;
  };

  return {
    folder,
    write(at, message) {
      if (URGENCY.indexOf(at) > URGENCY.indexOf(level)) return;
      if (waiting.length >= MOST_WAITING) {
        dropped += 1;
        return;
      }
      try {
        waiting.push(lineOf(at, redact(message)));
      } catch {
        // Whatever was to be said here is worth less than what goes on around it.
        return;
      }
      writing ??= drain();
    },
    setLevel(next) {
      level = next;
    },
    async flush() {
      await writing;
    },
  };
}
