/** A line about what set-up does. On stderr: stdout belongs to the task. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure that a person can act on: what went wrong, and what to do next. */
export class SetupError extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** Prints a failure; only unforeseen ones with their stack. */
export function sayFailure(error) {
  if (error instanceof SetupError) say(`✗ ${error.message}\n  ${error.remedy}`);
  else say(`✗ ${error instanceof Error ? error.stack : error}`);
}
