import fc from 'fast-check';
import { z } from 'zod';
import type { CallName } from '../../src-preload/contract/call-names.ts';
import { callSchemas } from '../../src-preload/contract/calls.ts';

/** The parts of JSON Schema that the contract's inputs are made of. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Inputs as the schema of a call wants them, or almost. */
function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(fitting));
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if ('const' in shape) return fc.constant(shape.const);
  switch (shape.type) {
    case 'object': {
      const model: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [key, of] of Object.entries(shape.properties ?? {})) model[key] = fitting(of);
      return fc.record(model, { requiredKeys: [...(shape.required ?? [])] });
    }
    case 'array':
      return fc.array(fitting(shape.items ?? {}), { minLength: 1, maxLength: 3 });
    case 'string':
      return shape.pattern === undefined
        ? fc.string({
            minLength: shape.minLength ?? 0,
            maxLength: Math.min(shape.maxLength ?? 40, (shape.minLength ?? 0) + 40),
          })
        : fc.stringMatching(new RegExp(shape.pattern));
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(shape.minimum ?? 0, -1000),
        max: Math.min(shape.maximum ?? 10_000, 10_000),
      });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constantFrom(null, undefined);
  }
}

/** Inputs that a call takes. */
export const goodInput = (name: CallName): fc.Arbitrary<unknown> =>
  fitting(
    z.toJSONSchema(callSchemas[name], { io: 'input', unrepresentable: 'any' }) as unknown as Shape,
  );

const nested = (depth: number): unknown => {
  let value: unknown = 'inside';
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { value };
  return value;
};
const cyclic = (): unknown => {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
};

/** Values that cross the bridge and are none of a call's business. */
export const SPECIAL_VALUES: readonly (() => unknown)[] = [
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => 2n ** 70n,
  () => new Date(Number.NaN),
  () => new Map([['albumId', 'a1']]),
  () => new Set(['a1']),
  () => new Uint8Array(16),
  () => new Error('inside'),
  () => /(a+)+$/,
  () => Object.create(null),
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  () => Object.fromEntries(['toString', 'valueOf', 'then', 'length'].map((key) => [key, -1])),
  () => 'x'.repeat(2_000_000),
  () => '\u202e\0\ud800../..',
  () => nested(10_000),
  () => cyclic(),
  () => new Array(2 ** 32 - 1),
  () => Object.assign(new Array(4), { 1: 'one', 3: 'three' }),
];

/** Anything the structured clone of a bridge can carry. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...SPECIAL_VALUES).map((make) => make()) },
  fc.jsonValue(),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
);

/** Inputs that a call takes with one thing wrong: a value, a key too many, a key too few, a list around it. */
export const almostGoodInput = (name: CallName): fc.Arbitrary<unknown> =>
  fc
    .tuple(goodInput(name), anyValue, fc.nat(), fc.constantFrom('value', 'more', 'fewer', 'list'))
    .map(([good, wrong, pick, how]) => {
      if (typeof good !== 'object' || good === null) return wrong;
      if (how === 'list') return [good];
      const entries = Object.entries(good);
      const at = entries.length === 0 ? 0 : pick % entries.length;
      const key = entries[at]?.[0] ?? '__proto__';
      if (how === 'fewer') return Object.fromEntries(entries.filter(([each]) => each !== key));
      const changed = how === 'more' ? `${key} ` : key;
      return { ...good, [changed]: wrong };
    });
