import type { CredentialStore } from './credential-store.ts';

/** The password of the proxy somebody named in the settings. It is never shown again. */
export interface ProxyPassword {
  /** Null when none is kept. Throws `CREDENTIAL_STORE_FAILED`, as the other does. */
  get(): Promise<string | null>;
  /** The empty one removes it. */
  set(password: string): Promise<void>;
}

const NAME = 'proxy-password';

/** Keeps the proxy's password where tokens are kept; read once, so that no request waits for a keychain. */
export function createProxyPassword(
  store: Pick<CredentialStore, 'get' | 'set' | 'delete'>,
): ProxyPassword {
  let known: string | null | undefined;
  return {
    async get() {
      if (known === undefined) known = await store.get(NAME);
      return known;
    },
    async set(password) {
      if (password === '') await store.delete(NAME);
      else await store.set(NAME, password);
      known = password === '' ? null : password;
    },
  };
}
