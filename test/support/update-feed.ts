import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** A feed of updates on this machine, as electron-updater's generic provider reads it. */
export interface UpdateFeed {
  readonly address: string;
  /** The version it offers. */
  readonly version: string;
  close(): Promise<void>;
}

const VERSION = '99.0.0';
const FILE = `Crateful-${VERSION}.AppImage`;

/** Offers one newer version; one that was tampered with is not the file its description names. */
export async function updateFeed(options: { readonly tampered: boolean }): Promise<UpdateFeed> {
  const body = Buffer.alloc(200_000, 'a new version ');
  const sha512 = createHash('sha512').update(body).digest('base64');
  const sent = options.tampered ? Buffer.alloc(body.length, 'something else ') : body;
  const description = [
    `version: ${VERSION}`,
    'files:',
    `  - url: ${FILE}`,
    `    sha512: ${sha512}`,
    `    size: ${body.length}`,
    `path: ${FILE}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-01T00:00:00.000Z'",
    '',
  ].join('\n');
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/latest-linux.yml') response.end(description);
    else if (path === `/${FILE}`) response.end(sent);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    version: VERSION,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
