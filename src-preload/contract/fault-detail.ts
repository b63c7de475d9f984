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

/** The service writes its codes in camel case; anything else is a note of our own. */
const SERVICE_CODE = /^[A-Z][a-z]+([A-Z][a-z]+)+$/;

/**
 * Which of the restriction sentences a code of the service has: its own, `other` for a code nobody knew yet
 * (qobuz-api §5.5), or null for a note of our own, which stays out of the sentence.
 */
export function restrictionKey<Known extends string>(
  code: string,
  sentences: Readonly<Record<Known | 'other', string>>,
): Known | 'other' | null {
  if (code !== 'other' && Object.hasOwn(sentences, code)) return code as Known;
  return SERVICE_CODE.test(code) ? 'other' : null;
}
