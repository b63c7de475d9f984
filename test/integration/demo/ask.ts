import { createHash } from 'node:crypto';
import type { DemoStore } from '../../../src-main/demo/store.ts';

/** What the store answered: status and, when it was JSON, the body. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the store sends
  readonly body: any;
}

/** Ids of the demo's goods that tests name. */
export const GOODS = {
  slowWeather: 'hq7v2mslwxk4a',
  copperAndGlass: 'xk29bqf0tzr8c',
  cathedral: 'c40zjv7mhe2qd',
  oneTake: 't9pfa62wnk1yb',
  loudNeighbours: 'e0s6rxu48vmtz',
  preOrder: 'p1o7lkd53hzwe',
  nightBus: '5060901384722',
  fieldNotes: '3616842097531',
} as const;

/** GET on the API with the store's own app id and token unless `headers` say otherwise. */
export async function get(
  store: DemoStore,
  path: string,
  params: Record<string, string | number> = {},
  headers: Record<string, string> = {
    'x-app-id': store.appId,
    'x-user-auth-token': store.token,
  },
): Promise<Answer> {
  const query = new URLSearchParams(
    Object.entries(params).map(([k, v]): [string, string] => [k, String(v)]),
  );
  const response = await fetch(`${store.apiBase}/${path}?${query}`, { headers });
  return { status: response.status, body: await response.json() };
}

/** `track/getFileUrl`, signed as qobuz-api §5.2 writes it; `change` alters what is sent after signing. */
export function getFileUrl(
  store: DemoStore,
  trackId: number,
  formatId: number,
  options: {
    readonly intent?: string;
    readonly secret?: string;
    readonly timestamp?: number;
    readonly change?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const { intent = 'download', secret = store.appSecret } = options;
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const preimage = `trackgetFileUrlformat_id${formatId}intent${intent}track_id${trackId}${timestamp}${secret}`;
  return get(store, 'track/getFileUrl', {
    track_id: trackId,
    format_id: formatId,
    intent,
    request_ts: timestamp,
    request_sig: createHash('md5').update(preimage).digest('hex'),
    ...options.change,
  });
}

/** The n-th track of an album, from 0. */
export const trackAt = (store: DemoStore, albumId: string, index = 0): number =>
  store.catalogue.albums.get(albumId)!.tracks[index]!.id;
