import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import type { FileServerTask } from './file-server.ts';

/*
 * Serves one folder's files over TLS on 127.0.0.1, in a process of its own, so that what it costs is not
 * counted. It ends with its parent.
 */

process.on('disconnect', () => process.exit());
process.once('message', ({ folder, key, certificate }: FileServerTask) => {
  const pair = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer(pair, async (request, response) => {
    const path = join(folder, basename(request.url ?? ''));
    const { size } = await stat(path);
    response.writeHead(200, { 'content-type': 'audio/flac', 'content-length': size });
    createReadStream(path, { highWaterMark: 1024 * 1024 }).pipe(response);
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.(`https://localhost:${(server.address() as AddressInfo).port}`);
  });
});
