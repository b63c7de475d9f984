import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Keytar, openCredentialStore } from '../../../src-main/accounts/credential-store.ts';
import type { Encryption } from '../../../src-main/ports.ts';
import { fakeClock } from '../../support/fake-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crateful-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Real encryption with a key of this session, as the shell's would be. */
const encryptionWith = (key: Buffer, available = true): Encryption => ({
  available: () => available,
  encrypt(text) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  },
  decrypt(bytes) {
    const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    opener.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString('utf8');
  },
});

const open = (options: { keytar?: Keytar | null; encryption?: Encryption | null }) =>
  openCredentialStore({
    service: 'Crateful Test',
    encryption: options.encryption ?? null,
    folder: join(folder, 'secrets'),
    clock: fakeClock(),
    loadKeytar: async () => options.keytar ?? null,
  });

const key = randomBytes(32);

describe('the encrypted file store', () => {
  it('keeps values across openings, in files for their owner alone that hold no clear text', async () => {
    const first = await open({ encryption: encryptionWith(key) });
    expect(first.kind).toBe('safe-storage');
    await first.set('token-1001', 'a very secret token');
    await first.set('token-1001', 'another secret token');
    await first.set('app/../credentials', '{}');
    const second = await open({ encryption: encryptionWith(key) });
    expect(await second.get('token-1001')).toBe('another secret token');
    expect(await second.get('absent')).toBeNull();
    const names = await readdir(join(folder, 'secrets'));
    expect(names).toHaveLength(2);
    for (const name of names) {
      const path = join(folder, 'secrets', name);
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect((await readFile(path)).includes('secret token')).toBe(false);
    }
    await second.delete('token-1001');
    await second.delete('token-1001');
    expect(await second.get('token-1001')).toBeNull();
  });

  it('says so when a value can no longer be decrypted, and takes a new one', async () => {
    const before = await open({ encryption: encryptionWith(key) });
    await before.set('token', 'old');
    const after = await open({ encryption: encryptionWith(randomBytes(32)) });
    await expect(after.get('token')).rejects.toMatchObject({ code: 'CREDENTIAL_STORE_FAILED' });
    await after.set('token', 'new');
    expect(await after.get('token')).toBe('new');
  });
});

describe('choosing where secrets are kept', () => {
  const failing: Keytar = {
    getPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
    setPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
    deletePassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
  };

  it('passes over a keychain that refuses', async () => {
    const store = await open({ keytar: failing, encryption: encryptionWith(key) });
    expect(store.kind).toBe('safe-storage');
  });

  it('passes over a keychain that forgets what it was given', async () => {
    const forgetful: Keytar = {
      getPassword: async () => null,
      setPassword: async () => undefined,
      deletePassword: async () => false,
    };
    expect((await open({ keytar: forgetful })).kind).toBe('session');
  });

  it('passes over a keychain that waits for somebody to unlock it', async () => {
    const clock = fakeClock();
    const locked: Keytar = { ...failing, setPassword: () => new Promise(() => undefined) };
    const opening = openCredentialStore({
      service: 'Crateful Test',
      encryption: null,
      folder,
      clock,
      loadKeytar: async () => locked,
    });
    await vi.waitFor(() => expect(clock.sleeping()).toBe(1));
    await clock.advance(5000);
    expect((await opening).kind).toBe('session');
  });

  it('never writes through an encryption that protects nothing', async () => {
    const store = await open({ encryption: encryptionWith(key, false) });
    expect(store.kind).toBe('session');
    await store.set('token', 'secret');
    expect(await store.get('token')).toBe('secret');
    await store.delete('token');
    expect(await store.get('token')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('passes over a folder that cannot be written', async () => {
    await writeFile(join(folder, 'secrets'), 'a file where the folder should be');
    expect((await open({ encryption: encryptionWith(key) })).kind).toBe('session');
  });

  it('names the fault of a keychain that fails after it was chosen', async () => {
    const values = new Map<string, string>();
    let broken = false;
    const check = () => {
      if (broken) throw new Error('the keychain was locked');
    };
    const store = await open({
      keytar: {
        async getPassword(_, name) {
          check();
          return values.get(name) ?? null;
        },
        async setPassword(_, name, value) {
          check();
          values.set(name, value);
        },
        async deletePassword(_, name) {
          return values.delete(name);
        },
      },
    });
    expect(store.kind).toBe('keychain');
    expect(values.size).toBe(0);
    broken = true;
    await expect(store.set('token', 'x')).rejects.toMatchObject({
      code: 'CREDENTIAL_STORE_FAILED',
      params: { store: 'keychain' },
    });
    await expect(store.get('token')).rejects.toMatchObject({ code: 'CREDENTIAL_STORE_FAILED' });
  });
});
