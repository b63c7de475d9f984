import { type ChildProcess, fork } from 'node:child_process';

/** A process of the bench's own that is spoken to by messages. */
export interface Child<Message, Reply> {
  tell(message: Message): void;
  /** The next thing it says; rejects when it ends instead. */
  hear(): Promise<Reply>;
  /** Resolves when it has ended by itself or because its channel was closed. */
  end(): Promise<void>;
}

/** Starts a file of this folder as a process; what it prints goes to ours. */
export function startChild<Message extends object | string, Reply>(
  file: string,
  options: { readonly env?: NodeJS.ProcessEnv } = {},
): Child<Message, Reply> {
  const child: ChildProcess = fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...options.env },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    tell: (message) => void child.send(message),
    hear: () =>
      new Promise((resolve, reject) => {
        const onExit = (code: number | null) => reject(new Error(`${file} ended with ${code}.`));
        child.once('exit', onExit);
        child.once('message', (reply) => {
          child.off('exit', onExit);
          resolve(reply as Reply);
        });
      }),
    end() {
      if (child.connected) child.disconnect();
      return ended;
    },
  };
}
