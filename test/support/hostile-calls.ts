import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What became of calls to a server that means harm, made by a process of their own. */
export interface HostileCalls {
  /** Code and reason, by path. */
  readonly codes: Readonly<Record<string, string>>;
  /** By how much the largest memory the process ever had is above what it began with. */
  readonly grownBytes: number;
}

const SCRIPT = `
  const { createHttpClient } = await import(process.env.SOURCES + 'net/http.ts');
  const { createTransport } = await import(process.env.SOURCES + 'qobuz/transport.ts');
  const { addressPolicy } = await import(process.env.SOURCES + 'net/addresses.ts');
  const { systemClock } = await import(process.env.SOURCES + 'clock.ts');
  const origin = process.env.ORIGIN;
  const http = createHttpClient({ userAgent: 'Crateful/0.0.0', checkAddress: addressPolicy(origin) });
  const limiter = {
    take: async () => undefined,
    accepted: () => undefined,
    refused: () => undefined,
    coolDownUntilMs: () => null,
  };
  const call = createTransport({ http, apiBase: origin, clock: systemClock, random: Math.random, limiter });
  const largest = () => process.resourceUsage().maxRSS * 1024;
  const before = largest();
  const codes = {};
  for (const path of JSON.parse(process.env.PATHS)) {
    const asked = { method: path.slice(1), appId: '1', token: 't', priority: 'user' };
    codes[path] = await call(asked).then(
      () => 'taken',
      (error) => error.code + ' ' + error.params?.reason,
    );
  }
  http.close();
  console.log(JSON.stringify({ codes, grownBytes: largest() - before }));
`;

/** Makes one call for each path, as the engine makes them, and measures what that took. */
export async function hostileCalls(
  origin: string,
  paths: readonly string[],
): Promise<HostileCalls> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', SCRIPT],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        SOURCES: new URL('../../src-main/', import.meta.url).href,
        ORIGIN: origin,
        PATHS: JSON.stringify(paths),
      },
    },
  );
  return JSON.parse(stdout) as HostileCalls;
}
