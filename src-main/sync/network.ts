import type { Settings } from '../../src-preload/contract/settings.ts';
import type { NetworkView } from '../../src-preload/contract/views.ts';
import type { ProxyPassword } from '../accounts/proxy-password.ts';
import { asCratefulError } from '../errors.ts';
import type { HttpClient } from '../net/http.ts';
import { type ProxyChoice, proxyAddress } from '../net/routes.ts';
import type { Ports } from '../ports.ts';

/** The way to the network, as the settings have it. */
export interface Network {
  view(): NetworkView;
  /** What holds now, with name and password: for windows that ask the network themselves. */
  proxy(): ProxyChoice;
  /** Takes settings into effect for every request after it. */
  apply(settings: Pick<Settings, 'proxyMode' | 'proxyAddress' | 'proxyUser'>): Promise<void>;
  /** The empty one removes it. Throws `CREDENTIAL_STORE_FAILED`; the old one then stays in force. */
  setProxyPassword(password: string): Promise<void>;
}

/**
 * The network of one engine. The demo's store is part of the app: it is always reached directly, whatever was chosen
 * for the world outside.
 */
export function createNetwork(parts: {
  readonly http: Pick<HttpClient, 'useProxy'>;
  readonly proxyPassword: ProxyPassword;
  readonly demo: boolean;
  readonly log: Ports['log'];
  readonly onChange: () => void;
}): Network {
  const { http, proxyPassword } = parts;
  let choice: ProxyChoice = { mode: 'none' };
  let applied: Parameters<Network['apply']>[0] | null = null;
  let passwordSet = false;

  const apply: Network['apply'] = async (settings) => {
    applied = settings;
    const { proxyMode, proxyAddress: address, proxyUser } = settings;
    const password = await proxyPassword.get().catch((error: unknown) => {
      // The proxy then says by itself that it wants one.
      parts.log('warning', `proxy password: ${asCratefulError(error).code}`);
      return null;
    });
    const changed = passwordSet !== (password !== null);
    passwordSet = password !== null;
    if (parts.demo) choice = { mode: 'none' };
    else if (proxyMode === 'manual') {
      choice = { mode: 'manual', address: proxyAddress(address, proxyUser, password ?? '') };
    } else choice = { mode: proxyMode };
    http.useProxy(choice);
    if (changed) parts.onChange();
  };

  return {
    view: () => ({ proxyPasswordSet: passwordSet }),
    proxy: () => choice,
    apply,
    async setProxyPassword(password) {
      await proxyPassword.set(password);
      if (applied) await apply(applied);
    },
  };
}
