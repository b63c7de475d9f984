import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Result } from './result.ts';
import type { Task } from './tasks.ts';

/**
 * Does tasks in `count` processes at once, each in the next that is free; `onResult` hears of each as it comes. A
 * process that dies is an error.
 */
export async function inLanes(
  tasks: readonly Task[],
  count: number,
  onResult: (task: Task, results: readonly Result[]) => void,
): Promise<Result[]> {
  const waiting = [...tasks];
  const all: Result[] = [];
  const lane = async () => {
    let child: ChildProcess | null = null;
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      child ??= fork(new URL('./lane.ts', import.meta.url));
      const results = await answerOf(child, task);
      all.push(...results);
      onResult(task, results);
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: count }, lane));
  return all;
}

async function answerOf(child: ChildProcess, task: Task): Promise<Result[]> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const answer = once(child, 'message', { signal }) as Promise<[Result[]]>;
  const death = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a lane ended with ${code} at ${JSON.stringify(task)}`);
  });
  // Only one of the two comes.
  for (const each of [answer, death]) each.catch(() => undefined);
  child.send(task);
  try {
    const [results] = await Promise.race([answer, death]);
    return results;
  } finally {
    waiting.abort();
  }
}
