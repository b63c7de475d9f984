import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What set-up brings and remembers; never committed. */
export const runtime = join(root, '.runtime');
/** A path inside the project. */
export const inRoot = (...parts) => join(root, ...parts);
