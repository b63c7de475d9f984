import { startShell } from './lifecycle.ts';

startShell({
  entries: new URL('./', import.meta.url),
  entriesFolder: import.meta.dirname,
  environment: process.env,
});
