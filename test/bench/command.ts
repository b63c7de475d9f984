import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command of the system cost. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of the command and its threads. */
  readonly cpuSeconds: number;
}

/** Whether the command can be started at all. */
export async function isInstalled(command: string): Promise<boolean> {
  const child = spawn(command, ['--version'], { stdio: 'ignore' });
  return Promise.race([
    once(child, 'close').then(() => true),
    once(child, 'error').then(() => false),
  ]);
}

/** Runs a command to its end; its CPU time is what the shell's `times` says of its children (POSIX). */
export async function costOf(command: string, args: readonly string[]): Promise<Cost> {
  const from = performance.now();
  const shell = spawn(
    'sh',
    ['-c', '"$@" >&2; code=$?; times; exit $code', 'sh', command, ...args],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(shell, 'close');
  const wallSeconds = (performance.now() - from) / 1000;
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  const ofChildren = output.trim().split('\n').at(-1) ?? '';
  const parts = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  const cpuSeconds = parts.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
  return { wallSeconds, cpuSeconds };
}

/** Runs a command that has to end well. */
export async function runCommand(
  command: string,
  args: readonly string[],
  input?: Iterable<Buffer>,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  const closed = once(child, 'close');
  for (const chunk of input ?? []) {
    if (!child.stdin.write(chunk)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
}
