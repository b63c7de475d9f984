import type { AgentOptions, ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { CratefulError } from '../errors.ts';

/** An agent whose connections lead through a proxy; one serves http and https targets. */
export type ProxyAgent = HttpsProxyAgent<string> | SocksProxyAgent;

type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** A proxy that works and cannot reach the target itself: RFC 9110 §15.6, and RFC 1928 §6 as `socks` words it. */
const TARGET_AWAY = /^(502|503|504)$|(Network|Host)Unreachable|ConnectionRefused|TTLExpired/;

/**
 * What a connection through a proxy failed of: `OFFLINE` when only the target is out of reach, else `PROXY_FAILED`
 * with the system's code, the proxy's status, or one of our own words.
 */
function proxyFault(reason: string, cause?: unknown): CratefulError {
  const code = TARGET_AWAY.test(reason) ? 'OFFLINE' : 'PROXY_FAILED';
  // Nothing of the cause's text is passed on: it may name the proxy with its password.
  return new CratefulError(code, { reason: reason.slice(0, 80) }, cause);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (/authentication/i.test(error.message)) return 'authentication';
  // The words of `socks` around what a proxy answered, or around the system's code.
  return (
    /\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? TARGET_AWAY.exec(error.message)?.[0] ?? 'refused'
  );
}

/** Ends a way to the proxy that takes too long: a proxy that never answers must not hold a request for ever. */
async function inTime<Result>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(proxyFault('timeout'));
    late.abort();
  }, limitMs);
  try {
    return await Promise.race([work(late.signal), promise]);
  } catch (error) {
    throw error instanceof CratefulError ? error : proxyFault(reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Tunnels with CONNECT, for plain http as well: no proxy ever sees a request, only where it goes. */
class Tunnel extends HttpsProxyAgent<string> {
  readonly #limitMs: number;

  constructor(proxy: string, options: AgentOptions, limitMs: number) {
    super(proxy, options);
    this.#limitMs = limitMs;
  }

  override connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    return inTime(this.#limitMs, async (signal) => {
      // One for each connection: its signal and its answer belong to no other.
      const single = new HttpsProxyAgent(this.proxy, { signal });
      let status = 0;
      single.once('proxyConnect', (answer: { statusCode: number }) => {
        status = answer.statusCode;
      });
      const socket = await single.connect(request, options);
      if (status === 200) return socket;
      // The library would pass the proxy's refusal off as the server's answer.
      socket.destroy();
      throw proxyFault(String(status));
    });
  }
}

class Socks extends SocksProxyAgent {
  readonly #limitMs: number;

  constructor(proxy: string, options: AgentOptions, limitMs: number) {
    super(proxy, options);
    this.#limitMs = limitMs;
  }

  override connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    return inTime(this.#limitMs, () => super.connect(request, options));
  }
}

/**
 * An agent for a proxy's address (`http`, `https`, `socks4`, `socks5`; name and password in it, percent-encoded). Names
 * are looked up by the proxy where its version of SOCKS can. Throws `PROXY_FAILED` for any other address.
 */
export function createProxyAgent(
  address: string,
  options: AgentOptions,
  limitMs: number,
): ProxyAgent {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.hostname === '') throw proxyFault('address');
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return new Tunnel(address, options, limitMs);
    case 'socks:':
    case 'socks5:':
    case 'socks5h:':
      return new Socks(address.replace(/^socks(5h?)?:/i, 'socks5h:'), options, limitMs);
    case 'socks4:':
    case 'socks4a:':
      return new Socks(address.replace(/^socks4a?:/i, 'socks4a:'), options, limitMs);
    default:
      throw proxyFault('address');
  }
}
