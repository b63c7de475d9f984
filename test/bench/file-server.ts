import { join } from 'node:path';
import { startChild } from './child.ts';
import { runCommand } from './command.ts';

/** What the server's process is told. */
export interface FileServerTask {
  readonly folder: string;
  /** PEM files. */
  readonly key: string;
  readonly certificate: string;
}

/** A server of files over TLS in a process of its own. */
export interface FileServer {
  /** `https://localhost:PORT` */
  readonly origin: string;
  /** A PEM file with the certificate a client has to trust. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** Serves the files of `folder`; makes a certificate in `scratch` with `openssl`. */
export async function startFileServer(folder: string, scratch: string): Promise<FileServer> {
  const key = join(scratch, 'key.pem');
  const certificate = join(scratch, 'certificate.pem');
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  await runCommand('openssl', ['req', '-x509', ...made, ...names]);
  const child = startChild<FileServerTask, string>('./file-server-child.ts');
  child.tell({ folder, key, certificate });
  return { origin: await child.hear(), certificate, close: () => child.end() };
}
