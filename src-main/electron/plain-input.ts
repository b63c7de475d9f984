/** The longest input of the contract names 200,000 jobs. */
const MOST_VALUES = 400_000;
const DEEPEST = 16;

/**
 * Whether a call's input is made of plain objects, lists and single values, few enough to be read by a schema: that
 * takes a date for an object, and looks at every place of a list before it counts them, while a list of four thousand
 * million holes costs its sender nothing.
 */
export function isPlainInput(input: unknown): boolean {
  let left = MOST_VALUES;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value) && !isPlainObject(value)) return false;
    left -= Array.isArray(value) ? value.length : 1;
    if (left < 0 || depth >= DEEPEST) return false;
    for (const inner of Object.values(value)) {
      if (typeof inner === 'object') open.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
