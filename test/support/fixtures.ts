import { readFileSync } from 'node:fs';

/** The parsed JSON of a recorded answer, such as `synthetic-2026/error-404-none.json`. */
export const qobuzFixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/qobuz/${name}`, import.meta.url), 'utf8'));
