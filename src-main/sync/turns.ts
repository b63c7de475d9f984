/** Runs pieces of work one after the other, in the order in which they were given. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A queue of turns of its own; a piece that fails does not keep the next from its turn. */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
