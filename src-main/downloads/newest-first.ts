/** A line that lets few through at once, whoever came last first. */
export interface NewestFirst {
  /** Runs the work when its turn comes; null when so many came after it that nobody can be waiting any more. */
  run<Value>(work: () => Promise<Value>): Promise<Value | null>;
}

/**
 * A line in which `atOnce` work at the same time and at most `waiting` wait: somebody who scrolls wants what is in
 * front of them, not what went by.
 */
export function newestFirst(limits: {
  readonly atOnce: number;
  readonly waiting: number;
}): NewestFirst {
  const line: { start: () => void; drop: () => void }[] = [];
  let working = 0;
  const next = () => {
    while (working < limits.atOnce && line.length > 0) line.pop()?.start();
    while (line.length > limits.waiting) line.shift()?.drop();
  };
  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        line.push({
          start() {
            working += 1;
            work()
              .then(resolve, reject)
              .finally(() => {
                working -= 1;
                next();
              });
          },
          drop: () => resolve(null),
        });
        next();
      }),
  };
}
