import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { type CallHandlers, isTrusted, registerCalls } from '../../../src-main/electron/ipc.ts';
import { CratefulError } from '../../../src-main/errors.ts';
import { CALL_NAMES, channelOf } from '../../../src-preload/contract/call-names.ts';

const PAGE = 'crateful-app://app/index.html';

/** A window's contents and a call from its main frame; the parts the gate looks at. */
function scene(url = PAGE) {
  const mainFrame = { url };
  const contents = { mainFrame, isDestroyed: () => false } as unknown as WebContents;
  const event = { sender: contents, senderFrame: mainFrame } as unknown as IpcMainInvokeEvent;
  return { contents, event };
}

/** Handlers that answer with their input, registered on a bare map of channels. */
function registered(window: WebContents | null, overrides: Partial<CallHandlers> = {}) {
  const channels = new Map<string, (event: IpcMainInvokeEvent, input: unknown) => unknown>();
  const seen: unknown[] = [];
  const echo = async (input: unknown) => {
    seen.push(input);
    return null;
  };
  const handlers = {
    ...Object.fromEntries(CALL_NAMES.map((name) => [name, echo])),
    ...overrides,
  } as unknown as CallHandlers;
  registerCalls(
    { handle: (channel, listener) => channels.set(channel, listener) },
    handlers,
    () => window,
  );
  return { channels, seen };
}

describe('the sender of a call', () => {
  it('is trusted in the main frame of the live window on our own page', () => {
    const { contents, event } = scene();
    expect(isTrusted(event, contents)).toBe(true);
  });

  it('is refused from another page, frame or window, and when there is no window', () => {
    const { contents, event } = scene();
    expect(isTrusted(event, null)).toBe(false);
    expect(isTrusted(event, scene().contents)).toBe(false);
    expect(isTrusted({ ...event, senderFrame: null }, contents)).toBe(false);
    const inner = { url: PAGE } as IpcMainInvokeEvent['senderFrame'];
    expect(isTrusted({ ...event, senderFrame: inner }, contents)).toBe(false);
    const elsewhere = scene('https://example.com/');
    expect(isTrusted(elsewhere.event, elsewhere.contents)).toBe(false);
    const gone = { ...contents, isDestroyed: () => true } as unknown as WebContents;
    expect(isTrusted({ ...event, sender: gone }, gone)).toBe(false);
  });
});

describe('a call', () => {
  it('has a handler for each name of the contract', () => {
    const { channels } = registered(null);
    expect([...channels.keys()].sort()).toEqual(CALL_NAMES.map(channelOf).sort());
  });

  it('reaches its handler with parsed input', async () => {
    const { contents, event } = scene();
    const { channels, seen } = registered(contents);
    const reply = await channels.get('crateful:signInWithToken')!(event, { token: '  abcdefgh  ' });
    expect(reply).toEqual({ ok: true, value: null });
    expect(seen).toEqual([{ token: 'abcdefgh' }]);
  });

  it.each([
    ['signInWithToken', { token: 'short' }],
    ['getAlbum', { albumId: '../../etc' }],
    ['updateSettings', { concurrency: 99 }],
    ['updateSettings', { unknown: true }],
    ['stopSync', { anything: 1 }],
    ['openPage', { page: 'https://example.com' }],
  ] as const)('of %s with %o is refused before its handler', async (name, input) => {
    const { contents, event } = scene();
    const { channels, seen } = registered(contents);
    const reply = await channels.get(channelOf(name))!(event, input);
    expect(reply).toEqual({ ok: false, error: { code: 'INVALID_REQUEST', params: { name } } });
    expect(seen).toEqual([]);
  });

  it('from an untrusted sender is refused before its handler', async () => {
    const { event } = scene('https://example.com/');
    const { channels, seen } = registered(event.sender);
    const reply = await channels.get('crateful:signOut')!(event, { queue: 'keep' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    expect(seen).toEqual([]);
  });

  it('that fails answers code and params, and never a stack or a cause', async () => {
    const { contents, event } = scene();
    const { channels } = registered(contents, {
      preview: async () => {
        throw new CratefulError('NO_LIBRARY_ROOT', {}, new Error('inner'));
      },
      signOut: async () => {
        throw new TypeError('broken');
      },
    });
    expect(await channels.get('crateful:preview')!(event, undefined)).toEqual({
      ok: false,
      error: { code: 'NO_LIBRARY_ROOT', params: {} },
    });
    expect(await channels.get('crateful:signOut')!(event, { queue: 'keep' })).toEqual({
      ok: false,
      error: { code: 'UNEXPECTED', params: { reason: 'broken' } },
    });
  });
});
