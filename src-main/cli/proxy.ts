type Environment = Readonly<Record<string, string | undefined>>;

/** Either spelling; the lower-case one wins, as in curl (curl manual, "Environment"). */
const variable = (environment: Environment, name: string): string =>
  environment[name.toLowerCase()] || environment[name] || '';

/**
 * The proxy the environment names for an address: `HTTPS_PROXY` or, for plain http, `http_proxy`, else `ALL_PROXY`;
 * null when there is none or `NO_PROXY` excludes the host. A proxy written without a scheme speaks http. The
 * upper-case `HTTP_PROXY` counts for nothing: a web server may set it from a visitor's header (httpoxy).
 */
export function proxyOfEnvironment(environment: Environment, address: string): string | null {
  const url = new URL(address);
  if (isExcluded(variable(environment, 'NO_PROXY'), url)) return null;
  const own =
    url.protocol === 'https:' ? variable(environment, 'HTTPS_PROXY') : environment.http_proxy;
  const proxy = own || variable(environment, 'ALL_PROXY');
  if (proxy === '') return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** `NO_PROXY` lists hosts and domains, with or without a first dot or `*.`, some with a port; `*` is everything. */
function isExcluded(list: string, url: URL): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
    .some((rule) => {
      if (rule === '*') return true;
      // A bare IPv6 address has colons of its own: only brackets tell its port apart.
      const [, bracketed, plain, only] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(rule) ?? [];
      const name = bracketed ?? plain ?? rule;
      if (only !== undefined && only !== port) return false;
      const domain = name.replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}
