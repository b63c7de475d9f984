/** A two-letter country code as a name in a language. */
export function countryName(code: string | null, language: string): string | null {
  if (code === null || code === '') return null;
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region' }).of(code.toUpperCase()) ?? code;
}
