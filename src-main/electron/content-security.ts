import { APP_SCHEME } from './addresses.ts';

/** What stands for the nonce in the built page; the renderer reads the real one from the same place. */
const PLACEHOLDER = '__CSP_NONCE__';

/**
 * The content security policy of one load of the page, sent as a header. Styles made at run time need the
 * load's nonce; everything else comes from our own scheme, and nothing from the network.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' ${APP_SCHEME}:`,
    `media-src ${APP_SCHEME}:`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');

/** The built page with this load's nonce. */
export const withNonce = (html: string, nonce: string): string =>
  html.replaceAll(PLACEHOLDER, nonce);
