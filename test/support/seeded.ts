/** Numbers in [0, 1) that a seed fixes (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list's members, by chance. */
export function oneOf<Member>(random: () => number, members: readonly Member[]): Member {
  const member = members[Math.floor(random() * members.length)];
  if (member === undefined) throw new RangeError('there is nothing to choose from');
  return member;
}
