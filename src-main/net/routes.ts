import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { CratefulError } from '../errors.ts';
import { isLoopback } from './addresses.ts';
import { createProxyAgent } from './proxy-agent.ts';

/** The way to the network somebody chose. A manual proxy's address carries name and password, percent-encoded. */
export type ProxyChoice =
  | { readonly mode: 'system' }
  | { readonly mode: 'none' }
  | { readonly mode: 'manual'; readonly address: string };

/** The agents of one way: `kept` connections serve calls, a file gets a `single` one of its own. */
export interface Route {
  readonly kept: Agents;
  readonly single: Agents;
}

/** For each scheme of a target. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Ways to the network, by what was chosen and what the system says. */
export interface Routes {
  /** The way to an address. Throws `PROXY_FAILED` when it has none. */
  to(url: URL): Promise<Route>;
  /** Holds for the requests after it; what is under way goes on as it began. */
  use(choice: ProxyChoice): void;
  /** Closes connections nobody is using. */
  dropIdle(): void;
  close(): void;
}

/** A manual proxy with name and password, as {@link ProxyChoice} wants it. */
export function proxyAddress(address: string, user: string, password: string): string {
  if (user === '' || !URL.canParse(address)) return address;
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  return address.replace('://', `://${encodeURIComponent(user)}${secret}@`);
}

/**
 * Ways that begin direct. With `system` each address is asked about, this computer's own excepted: what stands on it
 * needs no proxy. A manual proxy is used for everything; one without an address is a fault, not a way around it.
 */
export function createRoutes(options: {
  resolveProxy: (url: string) => Promise<string | null>;
  /** For the way to a proxy and its answer, in milliseconds. */
  connectMs: number;
  /** Looks names up on the direct way; the system's when absent. */
  lookup?: LookupFunction | undefined;
}): Routes {
  /** By the proxy's address; the empty one is the direct way. */
  const routes = new Map<string, Route>();
  let choice: ProxyChoice = { mode: 'none' };

  const routeOf = (proxy: string): Route => {
    const known = routes.get(proxy);
    if (known) return known;
    const route = {
      kept: agentsOf(proxy, true, options),
      // A file's connection lives long, and a stale pooled one would cost a retry.
      single: agentsOf(proxy, false, options),
    };
    routes.set(proxy, route);
    return route;
  };

  const proxyTo = async (url: URL): Promise<string> => {
    if (choice.mode === 'none') return '';
    if (choice.mode === 'manual') {
      if (choice.address === '') throw new CratefulError('PROXY_FAILED', { reason: 'address' });
      return choice.address;
    }
    if (isLoopback(url)) return '';
    // Host only: a proxy script has no business with what is asked there.
    return (await options.resolveProxy(`${url.origin}/`)) ?? '';
  };

  const agents = (): HttpAgent[] =>
    [...routes.values()].flatMap(({ kept, single }) => [
      kept.http,
      kept.https,
      single.http,
      single.https,
    ]);
  const dropIdle = (): void => {
    for (const agent of agents()) {
      for (const sockets of Object.values(agent.freeSockets)) {
        for (const socket of sockets ?? []) socket.destroy();
      }
    }
  };

  return {
    to: async (url) => routeOf(await proxyTo(url)),
    use(next) {
      choice = next;
      dropIdle();
    },
    dropIdle,
    close() {
      for (const agent of agents()) agent.destroy();
    },
  };
}

function agentsOf(
  proxy: string,
  keepAlive: boolean,
  { connectMs, lookup }: Pick<Parameters<typeof createRoutes>[0], 'connectMs' | 'lookup'>,
): Agents {
  if (proxy === '') {
    const direct = { keepAlive, ...(lookup && { lookup }) };
    return { http: new HttpAgent(direct), https: new HttpsAgent(direct) };
  }
  const agent = createProxyAgent(proxy, { keepAlive }, connectMs);
  // Node asks no more of it than of any agent, whatever the types of got say.
  return { http: agent, https: agent as HttpAgent as HttpsAgent };
}
