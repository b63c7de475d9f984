import dns from 'node:dns';
import type { StoreFault } from '../../../src-main/demo/faults.ts';
import { apiFaults, inject, statusFaults } from '../../support/faults.ts';
import { type Fault, healed, paused } from '../fault.ts';

const FILE_URL = 'track/getFileUrl';

/** Addresses of files that lead elsewhere; asked for once, or for ever. */
const leadingTo =
  (url: (storeOrigin: string) => string, times?: number): Fault['strike'] =>
  ({ engine, victim }) => {
    const fault: StoreFault = apiFaults.foreignAddress(url(new URL(engine.store.apiBase).origin));
    const scope = { on: FILE_URL, trackId: victim, ...(times !== undefined && { times }) };
    const struck = inject(engine.store, fault, scope);
    return { hits: () => struck.hits, mend: () => struck.remove() };
  };

const REFUSING = () => 'http://127.0.0.1:9/file';
const PLAIN_HTTP = (origin: string) => `${origin.replace('http:', 'https:')}/file`;

/** Makes the name `localhost`, which nothing else here uses, unknown to the system. */
function withoutName(): () => void {
  const { lookup } = dns;
  const failing = (name: string, ...rest: unknown[]) => {
    const done = rest.at(-1);
    if (name !== 'localhost' || typeof done !== 'function')
      return Reflect.apply(lookup, dns, [name, ...rest]);
    const fault = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    setImmediate(() => done(fault));
  };
  Object.assign(dns, { lookup: Object.assign(failing, lookup) });
  return () => Object.assign(dns, { lookup });
}

/** A network that is not there, by each way it shows. */
export const unreachable: readonly Fault[] = [
  {
    group: 'status',
    name: 'connection refused',
    where: 'one file, once',
    expected: healed,
    strike: leadingTo(REFUSING, 1),
  },
  {
    group: 'status',
    name: 'connection refused',
    where: 'one file, for ever',
    expected: paused('OFFLINE'),
    strike: leadingTo(REFUSING),
  },
  {
    group: 'status',
    name: 'a TLS handshake that fails',
    where: 'one file, for ever',
    expected: paused('TLS_FAILED'),
    strike: leadingTo(PLAIN_HTTP),
  },
  {
    group: 'status',
    name: 'a name that cannot be found',
    where: 'one file, for ever',
    expected: paused('OFFLINE'),
    async strike(world) {
      const found = withoutName();
      const away = (origin: string) => `${origin.replace('127.0.0.1', 'localhost')}/file`;
      const strike = await leadingTo(away)(world);
      return {
        hits: strike.hits,
        async mend() {
          found();
          await strike.mend();
        },
      };
    },
  },
  {
    group: 'status',
    name: 'connections that drop unanswered',
    where: 'every call, for ever',
    expected: paused('OFFLINE'),
    strike: ({ engine }) => {
      const struck = inject(engine.store, statusFaults.reset(), { on: 'api' });
      return { hits: () => struck.hits, mend: () => struck.remove() };
    },
  },
];
