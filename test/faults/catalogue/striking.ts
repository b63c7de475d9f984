import type { StoreFault } from '../../../src-main/demo/faults.ts';
import type { DemoStore } from '../../../src-main/demo/store.ts';
import { type FaultScope, inject } from '../../support/faults.ts';
import type { Fault } from '../fault.ts';

/** A fault of the store for the world's victim, so many times. */
export const onVictim =
  (fault: (store: DemoStore) => StoreFault, scope: FaultScope = {}): Fault['strike'] =>
  ({ engine, victim }) => {
    const struck = inject(engine.store, fault(engine.store), { ...scope, trackId: victim });
    return { hits: () => struck.hits, mend: () => struck.remove() };
  };

/** A fault of the store for whatever is asked. */
export const onStore =
  (fault: (store: DemoStore) => StoreFault, scope: FaultScope = {}): Fault['strike'] =>
  ({ engine }) => {
    const struck = inject(engine.store, fault(engine.store), scope);
    return { hits: () => struck.hits, mend: () => struck.remove() };
  };
