import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type AdoptionFilter,
  type AdoptionRow,
  MOST_ADOPTION_ROWS,
} from '../../../src-preload/contract/adoption.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import { settle, useSurroundings } from '../../context.ts';

const ROWS = MOST_ADOPTION_ROWS;

interface Rows {
  readonly filter: AdoptionFilter;
  readonly revision: number;
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly AdoptionRow[]>;
}

/** The rows of the review that are in sight, asked for a page at a time. */
export interface ReviewPages {
  /** Null until the first page came. */
  readonly total: number | null;
  /** Undefined while its page is on the way. */
  row(index: number): AdoptionRow | undefined;
  /** Asks for what is in sight. */
  see(from: number, to: number): void;
  readonly fault: ErrorView | null;
}

/**
 * Pages of one filter. After a change those in sight are asked for again, while the old ones still stand, so that a tick does
 * not make the list flicker.
 */
export function useReviewPages(filter: AdoptionFilter, revision: number): ReviewPages {
  const { bridge } = useSurroundings();
  const [rows, setRows] = useState<Rows>({ filter, revision: -1, total: null, pages: new Map() });
  const [fault, setFault] = useState<ErrorView | null>(null);
  const seen = useRef<readonly [number, number]>([0, 0]);
  const asked = useRef(new Set<string>());

  const ask = useCallback(
    (page: number) => {
      const key = `${filter}/${revision}/${page}`;
      if (asked.current.has(key)) return;
      asked.current.add(key);
      void settle(bridge.getAdoption({ filter, from: page * ROWS, count: ROWS })).then((reply) => {
        if (!reply.ok) {
          setFault(reply.error);
          return;
        }
        const { value } = reply;
        setFault(null);
        setRows((old) => {
          const isOf = old.filter === filter;
          if (isOf && value.revision < old.revision) return old;
          const pages = new Map(isOf ? old.pages : []);
          pages.set(page, value.rows);
          return { filter, revision: value.revision, total: value.total, pages };
        });
      });
    },
    [bridge, filter, revision],
  );
  const see = useCallback(
    (from: number, to: number) => {
      seen.current = [from, to];
      for (let page = Math.floor(from / ROWS); page <= Math.floor(to / ROWS); page += 1) ask(page);
    },
    [ask],
  );
  useEffect(() => see(...seen.current), [see]);
  useEffect(() => {
    // Of another filter nothing is in sight yet.
    seen.current = [0, 0];
    void filter;
  }, [filter]);
  const current = rows.filter === filter;
  return {
    total: current ? rows.total : null,
    row: (index) =>
      current ? rows.pages.get(Math.floor(index / ROWS))?.[index % ROWS] : undefined,
    see,
    fault,
  };
}
