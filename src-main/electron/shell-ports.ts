import type {
  App,
  Net,
  PowerMonitor,
  PowerSaveBlocker,
  SafeStorage,
  Session,
  Shell,
} from 'electron';
import { systemClock } from '../clock.ts';
import { CratefulError } from '../errors.ts';
import type { Encryption, Ports } from '../ports.ts';
import { isOpenable } from './addresses.ts';
import type { LogFile } from './log-file.ts';
import { createNetwork } from './network.ts';
import { createPower, keepAwakeWith } from './power.ts';
import { proxyOfPac } from './proxy.ts';

/** The ports as Electron implements them. */
export function createShellPorts(electron: {
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly safeStorage: SafeStorage;
  readonly app: Pick<App, 'getPreferredSystemLanguages'>;
  /** Asked for the system's proxies; a session exists only once Electron is ready. */
  session(): Pick<Session, 'resolveProxy'>;
  readonly net: Pick<Net, 'isOnline'>;
  readonly powerMonitor: PowerMonitor;
  readonly powerSaveBlocker: PowerSaveBlocker;
  readonly platform: NodeJS.Platform;
  readonly logFile: Pick<LogFile, 'write'>;
}): Ports {
  return {
    clock: systemClock,
    random: Math.random,
    openUrl: (url) => openUrl(electron.shell, url),
    locales: () => electron.app.getPreferredSystemLanguages(),
    resolveProxy: async (url) => proxyOfPac(await electron.session().resolveProxy(url)),
    network: createNetwork(electron.net),
    power: createPower(electron.powerMonitor),
    keepAwake: keepAwakeWith(electron.powerSaveBlocker),
    encryption: encryptionOf(electron.safeStorage, electron.platform),
    log(level, message) {
      electron.logFile.write(level, message);
      if (level === 'warning' || level === 'error') {
        process.stderr.write(`crateful: ${level}: ${message}\n`);
      }
    },
  };
}

/**
 * Sends the system's browser to an address of the service, or of a stand-in for it on this computer. Throws
 * `ADDRESS_REFUSED` for any other.
 */
export async function openUrl(
  shell: Pick<Shell, 'openExternal'>,
  url: string,
  standIn: string | null = null,
): Promise<void> {
  if (!isOpenable(url, standIn)) {
    throw new CratefulError('ADDRESS_REFUSED', {
      host: URL.canParse(url) ? new URL(url).hostname : '',
    });
  }
  await shell.openExternal(url);
}

/**
 * What on Linux keeps the key where others cannot read it. `basic_text` protects nothing (its key is a constant), and one
 * that is not known is not trusted.
 */
const KEYRINGS: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];

/** `safeStorage` where it protects something. */
export const encryptionOf = (
  safeStorage: Omit<SafeStorage, 'setUsePlainTextEncryption'>,
  platform: NodeJS.Platform,
): Encryption => ({
  available: () =>
    safeStorage.isEncryptionAvailable() &&
    (platform !== 'linux' || KEYRINGS.includes(safeStorage.getSelectedStorageBackend())),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
});
