import { setNonce } from 'get-nonce';

/**
 * The nonce style elements need under our CSP; undefined where the page carries none. Browsers hide the
 * attribute, so it is read as a property. It is also handed to the libraries that ask `get-nonce`.
 */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce || undefined;
  if (nonce !== undefined) setNonce(nonce);
  return nonce;
}
