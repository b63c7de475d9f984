/** The longest input of the contract names 200,000 jobs. */
const MOST_VALUES = 400_000;
const DEEPEST = 16;

/**
 * Whether a call's input is small enough to be read by a schema, which looks at every place of a list before it counts
 * them: a list of four thousand million holes costs its sender nothing. Only plain objects and lists are looked into;
 * whatever else can cross the bridge no schema takes.
 */
export function isBounded(input: unknown): boolean {
  let left = MOST_VALUES;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    left -= Array.isArray(value) ? value.length : 1;
    if (left < 0 || depth >= DEEPEST) return false;
    for (const inner of Object.values(value)) {
      if (typeof inner === 'object') open.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}
