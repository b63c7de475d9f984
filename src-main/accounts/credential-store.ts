import type { CredentialStoreKind } from '../../src-preload/contract/states.ts';
import { CratefulError } from '../errors.ts';
import type { Clock, Encryption } from '../ports.ts';
import { createEncryptedFiles } from './encrypted-files.ts';

/** Where tokens and app credentials are kept: text by name. */
export interface CredentialStore {
  readonly kind: CredentialStoreKind;
  /** Null when there is none. Throws `CREDENTIAL_STORE_FAILED`, as the others do. */
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** The names of all that is kept. */
  names(): Promise<readonly string[]>;
}

/** The part of keytar that is used: the system's own keychain. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials?(service: string): Promise<readonly { readonly account: string }[]>;
}

/**
 * What stands in for a place that keeps values, and whether the person chose it: whoever outlives an engine owns it, so
 * that one built anew asks nothing twice.
 */
export interface SessionOnly {
  readonly values: Map<string, string>;
  /** True once the person said that a sign-in may end with the app; nobody else's secrets are in question before. */
  chosen: boolean;
}

/** Nothing kept; `chosen` tells whether somebody has to be asked first. */
export const sessionOnly = (chosen: boolean): SessionOnly => ({ values: new Map(), chosen });

/** A keychain that has not answered by then waits for somebody to unlock it. */
const PROBE_LIMIT_MS = 5000;

/**
 * The first of keychain, encrypted file and memory that really keeps a value: each is tried by writing,
 * reading and deleting one. Secrets are never written in clear text.
 */
export async function openCredentialStore(options: {
  /** The name of the entries in the keychain; the demo has its own. */
  service: string;
  encryption: Encryption | null;
  /** Absolute folder of the encrypted files. */
  folder: string;
  clock: Pick<Clock, 'sleep'>;
  /** What stands in for a place that keeps values; one of its own when absent. */
  memory?: Map<string, string>;
  loadKeytar?: () => Promise<Keytar | null>;
}): Promise<CredentialStore> {
  const { encryption, clock } = options;
  const keytar = await (options.loadKeytar ?? importKeytar)();
  const candidates: CredentialStore[] = [];
  if (keytar) candidates.push(named('keychain', keychain(keytar, options.service)));
  if (encryption?.available()) {
    candidates.push(named('safe-storage', createEncryptedFiles(options.folder, encryption)));
  }
  for (const candidate of candidates) {
    if (await keepsValues(candidate, clock)) return candidate;
  }
  return inMemory(options.memory ?? new Map());
}

/** keytar, where it is installed and its native part loads; it is an optional dependency. */
export async function importKeytar(): Promise<Keytar | null> {
  // A variable, so that neither the compiler nor the bundler needs the package to be there.
  const name = 'keytar';
  try {
    const module: { default?: Keytar } & Keytar = await import(name);
    return module.default ?? module;
  } catch {
    return null;
  }
}

type Values = Omit<CredentialStore, 'kind'>;

const keychain = (keytar: Keytar, service: string): Values => ({
  get: (name) => keytar.getPassword(service, name),
  set: (name, value) => keytar.setPassword(service, name, value),
  async delete(name) {
    await keytar.deletePassword(service, name);
  },
  async names() {
    const kept = (await keytar.findCredentials?.(service)) ?? [];
    return kept.map(({ account }) => account);
  },
});

const inMemory = (values: Map<string, string>): CredentialStore => ({
  kind: 'session',
  get: async (name) => values.get(name) ?? null,
  async set(name, value) {
    values.set(name, value);
  },
  async delete(name) {
    values.delete(name);
  },
  names: async () => [...values.keys()],
});

/** Gives a candidate its kind, and its faults their name. */
function named(kind: CredentialStoreKind, values: Values): CredentialStore {
  const attempt = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw new CratefulError('CREDENTIAL_STORE_FAILED', { store: kind }, error);
    }
  };
  return {
    kind,
    get: (name) => attempt(values.get(name)),
    set: (name, value) => attempt(values.set(name, value)),
    delete: (name) => attempt(values.delete(name)),
    names: () => attempt(values.names()),
  };
}

async function keepsValues(store: CredentialStore, clock: Pick<Clock, 'sleep'>): Promise<boolean> {
  const name = 'probe';
  const value = `probe ${process.pid}`;
  const probe = async (): Promise<boolean> => {
    try {
      await store.set(name, value);
      const kept = (await store.get(name)) === value;
      await store.delete(name);
      return kept;
    } catch {
      // Absent, locked or refused: the next candidate is tried, and `kind` tells which one serves.
      return false;
    }
  };
  const ended = new AbortController();
  const limit = clock.sleep(PROBE_LIMIT_MS, ended.signal).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([probe(), limit]);
  } finally {
    ended.abort();
  }
}
