import type { ErrorParams } from './error-codes.ts';
import type { Formats } from './format.ts';

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/**
 * The optional second sentence of a fault, filled in; null when it has none or when something it names is
 * not known (absent, empty or 0).
 */
export function faultDetail(
  words: { readonly sentence: string; readonly detail?: string },
  params: ErrorParams,
  formats: Pick<Formats, 'params'>,
): string | null {
  const { detail } = words;
  if (detail === undefined) return null;
  const names = [...detail.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  if (names.some((name) => !params[name])) return null;
  const texts = formats.params(params);
  return detail.replaceAll(PLACEHOLDER, (_, name: string) => texts[name] ?? '');
}
