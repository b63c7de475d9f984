import type { StoreFault } from '../../../src-main/demo/faults.ts';
import { bodyFaults, inject, rangeFaults } from '../../support/faults.ts';
import { type Expected, type Fault, healed, reported } from '../fault.ts';

/** A fault of an answer to a request for the rest of a file, as data. */
export interface RangeFault {
  readonly name: string;
  readonly fault: () => StoreFault;
  /** What it comes to when every such answer is wrong. */
  readonly forEver: Expected;
}

/** Faults of resuming (traps §3). */
export const RANGE: readonly RangeFault[] = [
  { name: '200 to a request with Range', fault: rangeFaults.ignored, forEver: healed },
  { name: '206 with another start', fault: () => rangeFaults.wrongStart(), forEver: healed },
  { name: '206 with another total', fault: () => rangeFaults.otherTotal(), forEver: healed },
  { name: '416', fault: rangeFaults.unsatisfiable, forEver: healed },
  { name: 'another ETag', fault: rangeFaults.changedEtag, forEver: healed },
  {
    name: 'an address that expired between two attempts',
    fault: rangeFaults.expired,
    forEver: reported('CDN_REFUSED'),
  },
];

/** Cuts the victim's file once, so that the rest is asked for, and spoils the answer to that. */
const afterACut =
  (fault: () => StoreFault, times?: number): Fault['strike'] =>
  ({ engine, victim }) => {
    inject(engine.store, bodyFaults.cutAt(0.5), { trackId: victim, times: 1 });
    const scope = { trackId: victim, ...(times !== undefined && { times }) };
    const struck = inject(engine.store, fault(), scope);
    return { hits: () => struck.hits, mend: () => struck.remove() };
  };

/** Each fault of resuming once, and for ever. */
export const rangeCatalogue: readonly Fault[] = RANGE.flatMap(({ name, fault, forEver }) => [
  {
    group: 'range' as const,
    name,
    where: 'the rest of one file, once',
    expected: healed,
    strike: afterACut(fault, 1),
  },
  {
    group: 'range' as const,
    name,
    where: 'the rest of one file, for ever',
    expected: forEver,
    strike: afterACut(fault),
  },
]);
