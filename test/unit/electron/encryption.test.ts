import { expect, it } from 'vitest';
import { encryptionOf } from '../../../src-main/electron/shell-ports.ts';

type Safe = Parameters<typeof encryptionOf>[0];

const safeStorage = (backend: ReturnType<Safe['getSelectedStorageBackend']>, available = true) =>
  ({
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
  }) as Safe;

it.each([
  ['gnome_libsecret', true],
  ['kwallet', true],
  ['kwallet5', true],
  ['kwallet6', true],
  ['basic_text', false],
  ['unknown', false],
] as const)('on Linux the back end %s counts as protection: %s', (backend, counts) => {
  expect(encryptionOf(safeStorage(backend), 'linux').available()).toBe(counts);
  expect(encryptionOf(safeStorage(backend, false), 'linux').available()).toBe(false);
});

it.each(['darwin', 'win32'] as const)('on %s the system itself is asked', (platform) => {
  expect(encryptionOf(safeStorage('unknown'), platform).available()).toBe(true);
  expect(encryptionOf(safeStorage('unknown', false), platform).available()).toBe(false);
});
