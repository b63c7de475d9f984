import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** A proxy on 127.0.0.1 for one test. */
export interface SmallProxy {
  /** `http://127.0.0.1:PORT` or `socks5://…`, without name and password. */
  readonly address: string;
  /** `host:port` of each connection asked for, refused ones included. */
  readonly asked: readonly string[];
  /** What the client showed of itself at each of them: `name:password`, or null. */
  readonly shown: readonly (string | null)[];
  /** Connections that stand now. */
  open(): number;
  close(): Promise<void>;
}

/** How a proxy differs from one that lets everybody through. */
export interface ProxyOptions {
  /** `name:password` it insists on. */
  readonly login?: string;
  /** Where every name leads, so that a test may ask for names that are not in any DNS. */
  readonly leadsTo?: { readonly port: number };
  /** Answers every CONNECT with this status, or never when `silent`. */
  readonly answers?: number | 'silent';
}

/** Keeps count of a server's sockets, so that it can be ended at once. */
function gather(server: Server | ReturnType<typeof createTcpServer>) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Joins two sockets until either ends. */
function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [end, far] of [
    [one, other],
    [other, one],
  ] as const) {
    end.on('error', () => far.destroy());
    end.on('close', () => far.destroy());
  }
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A proxy that knows CONNECT and nothing else, with Basic authentication where a login is given. */
export async function connectProxy(options: ProxyOptions = {}): Promise<SmallProxy> {
  const asked: string[] = [];
  const shown: (string | null)[] = [];
  const server = createHttpServer((_request, response) => response.writeHead(405).end());
  const sockets = gather(server);
  server.on('connect', (request, client: Socket) => {
    const target = new URL(`http://${request.url}`);
    asked.push(request.url ?? '');
    const basic = /^Basic (.+)$/.exec(request.headers['proxy-authorization'] ?? '')?.[1];
    const login = basic === undefined ? null : Buffer.from(basic, 'base64').toString();
    shown.push(login);
    if (options.answers === 'silent') {
      client.on('end', () => client.destroy()).resume();
      return;
    }
    const refused = options.login !== undefined && login !== options.login ? 407 : options.answers;
    if (refused !== undefined) {
      client.end(`HTTP/1.1 ${refused} No\r\nproxy-authenticate: Basic\r\n\r\n<html>No</html>`);
      return;
    }
    const port = options.leadsTo?.port ?? Number(target.port || 80);
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(client, upstream);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const port = await listen(server);
  return { address: `http://127.0.0.1:${port}`, asked, shown, ...sockets };
}

/** A SOCKS 5 proxy (RFC 1928, RFC 1929) for names and IPv4 addresses. */
export async function socksProxy(options: ProxyOptions = {}): Promise<SmallProxy> {
  const asked: string[] = [];
  const shown: (string | null)[] = [];
  const server = createTcpServer(async (client) => {
    const read = reader(client);
    try {
      const [, methods = 0] = await read(2);
      const offered = await read(methods);
      const wanted = options.login === undefined ? 0 : 2;
      client.write(Buffer.from([5, offered.includes(wanted) ? wanted : 255]));
      if (!offered.includes(wanted)) return void shown.push(null);
      if (wanted === 2) {
        const name = await read((await read(2))[1] ?? 0);
        const password = await read((await read(1))[0] ?? 0);
        shown.push(`${name}:${password}`);
        client.write(Buffer.from([1, shown.at(-1) === options.login ? 0 : 1]));
        if (shown.at(-1) !== options.login) return void client.end();
      } else shown.push(null);
      const [, , , kind] = await read(4);
      const host =
        kind === 3
          ? (await read((await read(1))[0] ?? 0)).toString()
          : [...(await read(4))].join('.');
      const port = (await read(2)).readUInt16BE();
      asked.push(`${host}:${port}`);
      const upstream = connect(options.leadsTo?.port ?? port, '127.0.0.1', () => {
        client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        join(client, upstream);
      });
      // "Connection refused" of RFC 1928 §6.
      upstream.on('error', () => client.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
    } catch {
      client.destroy();
    }
  });
  const sockets = gather(server);
  const port = await listen(server);
  return { address: `socks5://127.0.0.1:${port}`, asked, shown, ...sockets };
}

/** Reads so many bytes as a handshake needs, leaving the rest to whoever comes after. */
function reader(socket: Socket): (bytes: number) => Promise<Buffer> {
  return async (bytes) => {
    if (bytes === 0) return Buffer.alloc(0);
    for (;;) {
      const chunk: Buffer | null = socket.read(bytes);
      if (chunk) return chunk;
      if (socket.readableEnded || socket.destroyed) throw new Error('ended');
      await Promise.race([once(socket, 'readable'), once(socket, 'end')]);
    }
  };
}
