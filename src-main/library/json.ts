/** JSON text as this database wrote it, back as what it was; null stays null. */
export function fromJson<Value>(text: string): Value;
export function fromJson<Value>(text: string | null): Value | null;
export function fromJson<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}

/** A value as JSON text for a column; null stays null. */
export const toJson = (value: unknown): string | null =>
  value === null ? null : JSON.stringify(value);
