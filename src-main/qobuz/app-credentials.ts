import { CratefulError, hasCode } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { HttpClient } from '../net/http.ts';
import type { Clock } from '../ports.ts';
import { bundleAddress, bundleCredentials } from './bundle.ts';
import { pause } from './transport.ts';

/** What identifies the app to the service; id and secret belong together and change together. */
export interface AppCredentials {
  readonly appId: string;
  /** Candidates in the order to try them; exactly one once validated. */
  readonly secrets: string[];
  readonly validated: boolean;
  /** Key of the browser sign-in's code exchange; null for a user-given pair. */
  readonly signInKey: string | null;
  readonly bundleVersion: string | null;
  /** Unix milliseconds. */
  readonly discoveredAtMs: number;
  readonly userGiven: boolean;
}

/** Where discovered credentials are kept between starts. */
export interface AppCredentialsCache {
  load(): Promise<AppCredentials | null>;
  save(credentials: AppCredentials): Promise<void>;
}

/** The source of app credentials for all calls. */
export interface AppCredentialsSource {
  /**
   * The pair the user gave, else the cached one (a day old: looked up again in the background), else a
   * discovery. Throws `SERVICE_CHANGED` when the web player cannot be read, or a network fault.
   */
  current(signal?: AbortSignal): Promise<AppCredentials>;
  /**
   * What to ask with instead of `used`, which the service refused: those somebody else found meanwhile, or a new
   * discovery. Within a minute of the last discovery the same once more. `APP_CREDENTIALS_INVALID` for a user-given pair.
   */
  refresh(used: AppCredentials, signal?: AbortSignal): Promise<AppCredentials>;
  /** Notes which secret of `used` the service accepted. */
  accept(used: AppCredentials, secret: string): Promise<void>;
  /** Ends work in the background. */
  close(): void;
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
/** The script is about 7 MB and slow at times (qobuz-api §1.3). */
const BUNDLE_TIMEOUT_MS = 45_000;
const BUNDLE_TRIES = 3;

/** What the source of app credentials works with. */
export interface AppCredentialsParts {
  readonly http: HttpClient;
  readonly playerBase: string;
  readonly cache: AppCredentialsCache;
  readonly userGiven: { readonly appId: string; readonly appSecret: string } | null;
  readonly clock: Clock;
  readonly events: Pick<EventStream, 'emit'>;
}

/** Discovery, cache and refresh of app credentials (qobuz-api §1.3–1.5). Nothing secret is in the source. */
export function createAppCredentials(options: AppCredentialsParts): AppCredentialsSource {
  const { http, cache, clock, events } = options;
  const closed = new AbortController();
  let known: AppCredentials | null = options.userGiven && {
    appId: options.userGiven.appId,
    secrets: [options.userGiven.appSecret],
    validated: false,
    signInKey: null,
    bundleVersion: null,
    discoveredAtMs: clock.now(),
    userGiven: true,
  };
  let discovering: Promise<AppCredentials> | null = null;
  let lastDiscoveryMs = Number.NEGATIVE_INFINITY;
  let lastCheckMs = Number.NEGATIVE_INFINITY;

  const fetchText = async (address: string): Promise<string> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await http.request({
          url: address,
          timeoutMs: BUNDLE_TIMEOUT_MS,
          signal: closed.signal,
        });
        if (answer.status === 200) return answer.text;
        throw new CratefulError('SERVICE_UNAVAILABLE', { status: answer.status });
      } catch (error) {
        if (attempt >= BUNDLE_TRIES || !hasCode(error, 'OFFLINE', 'SERVICE_UNAVAILABLE')) {
          throw error;
        }
        await pause(clock, 2000 * 2 ** attempt, closed.signal);
      }
    }
  };

  const discover = async (): Promise<AppCredentials> => {
    const before = known ?? (await cache.load());
    const login = `${options.playerBase.replace(/\/+$/, '')}/login`;
    const address = bundleAddress(await fetchText(login));
    if (!address) throw new CratefulError('SERVICE_CHANGED', { detail: 'web-player-page' });
    const found = bundleCredentials(await fetchText(new URL(address.path, login).href));
    if (!found) throw new CratefulError('SERVICE_CHANGED', { detail: 'web-player-script' });
    lastDiscoveryMs = clock.passed();
    known = {
      appId: found.appId,
      secrets: [...found.secrets],
      validated: false,
      // A script that hides its key from us is no reason to forget the one that worked.
      signInKey: found.signInKey ?? before?.signInKey ?? null,
      bundleVersion: address.version,
      discoveredAtMs: clock.now(),
      userGiven: false,
    };
    await cache.save(known);
    const code = before ? 'APP_CREDENTIALS_REFRESHED' : 'APP_CREDENTIALS_DISCOVERED';
    const context = { version: address.version, candidates: found.secrets.length };
    events.emit({ code, context });
    return known;
  };

  const discoverOnce = (): Promise<AppCredentials> => {
    discovering ??= discover().finally(() => {
      discovering = null;
    });
    return discovering;
  };

  /** A discovery that changes nothing unless the pair itself changed: a validated secret stays so. */
  const checkAge = (): void => {
    const now = clock.now();
    if (!known || known.userGiven || now - Math.max(known.discoveredAtMs, lastCheckMs) < DAY_MS) {
      return;
    }
    lastCheckMs = now;
    const old = known;
    void discoverOnce().then(
      async (fresh) => {
        const secret = old.secrets[0];
        const same = old.validated && fresh.appId === old.appId && secret !== undefined;
        if (same && fresh.secrets.includes(secret)) await accept(fresh, secret);
      },
      (error: unknown) => {
        if (closed.signal.aborted) return;
        // The old pair still works as far as we know; a call that proves otherwise looks again and says so.
        const reason = error instanceof CratefulError ? error.code : 'UNEXPECTED';
        events.emit({
          code: 'APP_CREDENTIALS_CHECK_FAILED',
          severity: 'warning',
          context: { reason },
        });
      },
    );
  };

  const accept = async (used: AppCredentials, secret: string): Promise<void> => {
    if (known !== used || used.validated) return;
    known = { ...used, secrets: [secret], validated: true };
    if (!known.userGiven) await cache.save(known);
  };

  return {
    async current(signal) {
      if (signal?.aborted) throw new CratefulError('CANCELLED');
      if (!known) {
        const cached = await cache.load();
        known ??= cached?.userGiven ? null : cached;
      }
      if (!known) return discoverOnce();
      checkAge();
      return known;
    },
    async refresh(used, signal) {
      if (signal?.aborted) throw new CratefulError('CANCELLED');
      if (used.userGiven) throw new CratefulError('APP_CREDENTIALS_INVALID', { source: 'user' });
      if (discovering) return discovering;
      const sameAsUsed =
        known === null || (known.appId === used.appId && sameSecrets(known.secrets, used.secrets));
      if (known && !sameAsUsed) return known;
      // Read a moment ago: a service that refuses them once in passing is asked with the same once more.
      if (known && clock.passed() - lastDiscoveryMs < MINUTE_MS) return known;
      return discoverOnce();
    },
    accept,
    close: () => closed.abort(),
  };
}

const sameSecrets = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((secret, index) => secret === others[index]);
