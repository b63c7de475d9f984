import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type DemoStore, startDemoStore } from '../../src-main/demo/store.ts';
import type { StoreMessage, StoreReply, StoreSpan } from './store.ts';

/*
 * The demo store in a process of its own, so that what it costs is not counted. It ends with its parent.
 */

const now = (): number => performance.timeOrigin + performance.now();
const begun = new WeakMap<IncomingMessage, number>();
const spans: StoreSpan[] = [];
diagnostics.subscribe('http.server.request.start', (message) => {
  begun.set((message as { request: IncomingMessage }).request, now());
});
diagnostics.subscribe('http.server.response.finish', (message) => {
  const { request } = message as { request: IncomingMessage };
  const { pathname } = new URL(request.url ?? '/', 'http://store.invalid');
  spans.push({
    path: pathname.replace('/api.json/0.2/', ''),
    fromMs: begun.get(request) ?? now(),
    toMs: now(),
  });
});

let store: DemoStore | null = null;
const reply = (message: StoreReply): void => void process.send?.(message);

process.on('disconnect', () => process.exit());
process.on('message', async (message: StoreMessage) => {
  if (message.ask === 'files') {
    const files = store?.requests.filter(({ kind }) => kind === 'cdn') ?? [];
    reply({ kind: 'files', files: files.slice(message.from) });
    return;
  }
  if (message.ask === 'spans') {
    reply({ kind: 'spans', spans: spans.splice(0) });
    return;
  }
  const { catalogue, assetsFolder } = message;
  store = await startDemoStore({ catalogue, ...(assetsFolder && { assetsFolder }) });
  reply({
    kind: 'listening',
    addresses: {
      apiBase: store.apiBase,
      playerBase: store.playerBase,
      token: store.token,
      appId: store.appId,
      appSecret: store.appSecret,
    },
  });
});
