import type { Fault } from '../fault.ts';
import { bodyCatalogue } from './body.ts';
import { clockCatalogue } from './clock.ts';
import { databaseCatalogue } from './database.ts';
import { diskCatalogue } from './disk.ts';
import { namesCatalogue } from './names.ts';
import { processCatalogue } from './process.ts';
import { rangeCatalogue } from './range.ts';
import { statusCatalogue } from './status.ts';
import { storeCatalogue } from './store.ts';

/** Every fault that is tried alone, in the order of traps §3. */
export const CATALOGUE: readonly Fault[] = [
  ...bodyCatalogue,
  ...rangeCatalogue,
  ...statusCatalogue,
  ...clockCatalogue,
  ...diskCatalogue,
  ...databaseCatalogue,
  ...processCatalogue,
  ...namesCatalogue,
  ...storeCatalogue,
];
