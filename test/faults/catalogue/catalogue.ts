import type { Fault } from '../fault.ts';
import { bodyCatalogue } from './body.ts';

/** Every fault that is tried alone, in the order of traps §3. */
export const CATALOGUE: readonly Fault[] = [...bodyCatalogue];
