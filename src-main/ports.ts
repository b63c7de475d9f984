/** Time, so that waits and stamps can be driven by tests. */
export interface Clock {
  /** Unix milliseconds: what time it is, for stamps that are kept or shown. Somebody may set it, back too. */
  now(): number;
  /** Milliseconds since some moment: what has passed, for everything that waits. Only ever goes on. */
  passed(): number;
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

/** What the system knows of the network. */
export interface Network {
  /** False only when it is all but certain that nothing can be reached; true promises nothing. */
  online(): boolean;
  /** Hears every change; returns how to stop. */
  onChange(listener: (online: boolean) => void): () => void;
}

/** What the system knows of the computer's power. */
export interface Power {
  /** Whether it runs on its battery now. */
  onBattery(): boolean;
  /** Hears the plug go in and out (`source`) and the end of a sleep; returns how to stop. */
  onChange(listener: (what: 'source' | 'resumed') => void): () => void;
}

/** What only the shell can do. `electron/` and `cli/` implement it, tests inject it. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  /** Opens an address of the service in the system's browser. */
  openUrl(url: string): Promise<void>;
  /** The system's languages, the preferred first, in any spelling `resolveLanguage` reads. */
  locales(): readonly string[];
  /** The proxy the system names for an address, as `http://host:port`, `socks5://…`; null for the direct way. */
  resolveProxy(url: string): Promise<string | null>;
  readonly network: Network;
  readonly power: Power;
  /** Keeps the computer from going to sleep by itself until what it returns is called. */
  keepAwake(): () => void;
  /** Null where the shell has none. */
  readonly encryption: Encryption | null;
  /** Diagnostic lines, already redacted by their writer. */
  log(level: 'debug' | 'info' | 'warning' | 'error', message: string): void;
}
