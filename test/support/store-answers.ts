import { json } from '../../src-main/demo/http-messages.ts';
import type { DemoStore } from '../../src-main/demo/store.ts';
import { type FaultScope, type InjectedFault, inject } from './faults.ts';

/** A page of any of the service's lists. */
interface ListPage {
  total: number;
  items: Record<string, unknown>[];
}

/** The parts of the store's answers that tests change. */
export interface ChangeableAnswer extends Record<string, unknown> {
  readonly tracks: ListPage;
  readonly albums: ListPage;
}

/** What the store answers to an API call just now. */
export async function answerOf(
  store: DemoStore,
  call: string,
  query: Readonly<Record<string, string>>,
): Promise<ChangeableAnswer> {
  const page = new URLSearchParams({ limit: '500', offset: '0', ...query });
  const response = await fetch(`${store.apiBase}/${call}?${page}`, {
    headers: { 'x-app-id': store.appId, 'x-user-auth-token': store.token },
  });
  return (await response.json()) as ChangeableAnswer;
}

/** Lets the store answer a call as it would now, but changed; only where the query says the same. */
export async function changeAnswer(
  store: DemoStore,
  call: string,
  query: Readonly<Record<string, string>>,
  change: (answer: ChangeableAnswer) => void,
  scope: FaultScope = {},
): Promise<InjectedFault> {
  const answer = await answerOf(store, call, query);
  change(answer);
  const fits = (asked: URLSearchParams) =>
    Object.entries(query).every(([name, value]) => asked.get(name) === value);
  return inject(
    store,
    { intercept: (asked) => (fits(asked.query) ? json(answer) : null) },
    { ...scope, on: call },
  );
}
