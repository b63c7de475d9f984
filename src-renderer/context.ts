import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CallReply } from '../src-preload/contract/calls.ts';
import type { ErrorView } from '../src-preload/contract/error-codes.ts';
import type { Formats } from '../src-preload/contract/format.ts';
import type { Outside } from './bridge.ts';
import type { Navigation } from './navigation.ts';
import type { Feed } from './store/feed.ts';
import type { Mirror } from './store/reducer.ts';

/** What every view is given. */
export interface Surroundings extends Outside {
  readonly feed: Feed;
  readonly formats: Formats;
  readonly navigation: Navigation;
  /** Shows a fault of a call that has no place of its own on the page. */
  report(fault: ErrorView): void;
}

/** See {@link Surroundings}; set once by `app.tsx`. */
export const SurroundingsContext = createContext<Surroundings | null>(null);

/** The surroundings of a view. */
export function useSurroundings(): Surroundings {
  const value = useContext(SurroundingsContext);
  if (value === null) throw new Error('A view was rendered outside the app.');
  return value;
}

/** Numbers, sizes and dates in the person's locale. */
export const useFormats = (): Formats => useSurroundings().formats;

/** A part of the mirror; views that use it stand below the gate that waits for the first snapshot. */
export function useMirror<Part>(select: (mirror: Mirror) => Part): Part {
  const { feed } = useSurroundings();
  return useStore(feed.store, ({ mirror }) => {
    if (mirror === null) throw new Error('A view was rendered before the first snapshot.');
    return select(mirror);
  });
}

/** Where the window is and how to go elsewhere. */
export const useNavigation = (): Navigation => useSurroundings().navigation;

/** The answer of a call, with a broken bridge told like any other fault. */
export async function settle<Result>(
  reply: Promise<CallReply<Result>>,
): Promise<CallReply<Result>> {
  try {
    return await reply;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'UNEXPECTED', params: { reason } } };
  }
}
