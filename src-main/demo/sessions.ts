import { randomBytes } from 'node:crypto';

/** The demo's only account; the e-mail exists so that tests can prove it never leaves the answer. */
export const DEMO_USER = {
  id: 1_000_001,
  login: 'demo-listener',
  email: 'listener@demo.invalid',
  displayName: 'Demo Listener',
} as const;

/** Tokens and one-use sign-in codes. */
export interface Sessions {
  /** The newest valid token. */
  readonly token: string;
  isValid(token: string | null): boolean;
  /** Ends every session; the next sign-in gets a new token. */
  expireAll(): void;
  /** Makes and returns a new valid token; older ones stay valid. */
  issueToken(): string;
  /** A code for the sign-in redirect, good for one exchange. */
  issueCode(): string;
  /** True once for each issued code. */
  redeemCode(code: string | null): boolean;
}

/** Sessions with one valid token to start with. */
export function createSessions(): Sessions {
  const valid = new Set<string>();
  const codes = new Set<string>();
  let token = '';
  const issueToken = (): string => {
    token = randomBytes(32).toString('base64url');
    valid.add(token);
    return token;
  };
  issueToken();
  return {
    get token() {
      return token;
    },
    isValid: (candidate) => candidate !== null && valid.has(candidate),
    expireAll: () => valid.clear(),
    issueToken,
    issueCode() {
      const code = randomBytes(18).toString('base64url');
      codes.add(code);
      return code;
    },
    redeemCode: (code) => code !== null && codes.delete(code),
  };
}
