/** Time, so that waits and stamps can be driven by tests. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1). */
export type Random = () => number;

/** Encryption bound to the user's system session; Electron's `safeStorage` in the app, absent in plain Node. */
export interface Encryption {
  /** False when there is no real protection (Linux `basic_text`): then nothing is stored through it. */
  available(): boolean;
  encrypt(text: string): Buffer;
  decrypt(bytes: Buffer): string;
}

/** What only the shell can do. `electron/` and `cli/` implement it, tests inject it. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  /** Opens an https address in the system's browser. */
  openUrl(url: string): Promise<void>;
  /** The system's languages, the preferred first, in any spelling `resolveLanguage` reads. */
  locales(): readonly string[];
  /** The proxy the system names for an address, as `http://host:port`, `socks5://…`; null for the direct way. */
  resolveProxy(url: string): Promise<string | null>;
  /** Null where the shell has none. */
  readonly encryption: Encryption | null;
  /** Diagnostic lines, already redacted by their writer. */
  log(level: 'debug' | 'info' | 'warning' | 'error', message: string): void;
}
