import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallHandlers } from '../../../src-main/electron/calls.ts';
import type { EngineHost } from '../../../src-main/electron/engine-host.ts';
import { registerCalls } from '../../../src-main/electron/ipc.ts';
import { isPlainInput } from '../../../src-main/electron/plain-input.ts';
import { createShellCalls } from '../../../src-main/electron/shell-calls.ts';
import { CALL_NAMES, type CallName, channelOf } from '../../../src-preload/contract/call-names.ts';
import { callSchemas } from '../../../src-preload/contract/calls.ts';
import { ERRORS } from '../../../src-preload/contract/error-codes.ts';
import { almostGoodInput, anyValue, goodInput } from '../../support/call-inputs.ts';
import { ALBUMS, demoAlbums } from '../../support/demo-albums.ts';
import { type EngineHarness, engineHarness } from '../../support/engine-harness.ts';

let run: EngineHarness;
let scratch: string;
let invoke: (name: CallName, input: unknown) => Promise<unknown>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'crateful-calls-'));
  run = await engineHarness({ catalogue: demoAlbums(ALBUMS.tapeHiss) });
  const host: EngineHost = {
    current: async () => run.engine,
    switchTo: async () => undefined,
    rebuild: async () => undefined,
    recover: async () => null,
    isDemo: () => false,
    dispose: async () => undefined,
  };
  const channels = new Map<string, (event: IpcMainInvokeEvent, input: unknown) => unknown>();
  const mainFrame = { url: 'crateful-app://app/index.html' };
  const page = { mainFrame, isDestroyed: () => false } as unknown as WebContents;
  const event = { sender: page, senderFrame: mainFrame } as unknown as IpcMainInvokeEvent;
  registerCalls(
    { handle: (channel, listener) => channels.set(channel, listener) },
    {
      // Real handlers over a real engine; only what would show itself to a person is not there.
      ...createCallHandlers({
        host,
        chooseFolder: async () => join(scratch, 'picked'),
        chooseNewFile: async (name) => join(scratch, name),
        showItemInFolder: () => undefined,
        openUrl: async () => undefined,
        openPath: async () => '',
        logFolder: join(scratch, 'logs'),
        dataFolder: join(scratch, 'data'),
        follow: () => undefined,
        writeClipboard: async () => undefined,
        signInWithWindow: (engine) => engine.signInWithBrowser(),
      }),
      ...createShellCalls({
        autostart: { state: async () => 'off', set: async () => undefined },
        canNotify: () => true,
        logFolder: join(scratch, 'logs'),
        updates: { view: () => ({ state: 'off', version: null }), install: () => undefined },
      }),
    },
    () => page,
  );
  invoke = async (name, input) => channels.get(channelOf(name))?.(event, input);
});
afterAll(async () => {
  await run.close();
  await rm(scratch, { recursive: true, force: true });
});

/** The answer of a call; one that waits for a person in a browser is told that nobody comes. */
async function replyTo(name: CallName, input: unknown): Promise<unknown> {
  let waiting = true;
  const reply = invoke(name, input).finally(() => {
    waiting = false;
  });
  while (waiting) {
    await turn();
    if (/^signInWith(Browser|Window)$/.test(name)) await invoke('cancelSignIn', undefined);
  }
  return reply;
}

/** What of an answer is not as the contract has it. */
function breaches(reply: unknown): string[] {
  const found: string[] = [];
  const keys = Object.keys(reply as object).sort();
  const { ok, error } = reply as { ok: unknown; error: { code: string; params: object } };
  if (ok === true) {
    if (keys.join() !== 'ok,value') found.push(`keys ${keys}`);
    // What cannot be cloned would never arrive.
    structuredClone(reply);
    return found;
  }
  if (ok !== false || keys.join() !== 'error,ok') return [`keys ${keys}`];
  if (Object.keys(error).sort().join() !== 'code,params') found.push(`keys ${Object.keys(error)}`);
  if (!Object.hasOwn(ERRORS, error.code)) found.push(`code ${error.code}`);
  for (const [key, value] of Object.entries(error.params)) {
    if (typeof value !== 'string' && typeof value !== 'number') found.push(`param ${key}`);
  }
  const text = JSON.stringify(error);
  for (const secret of [run.store.token, run.store.appSecret, homedir(), run.home]) {
    if (text.includes(secret)) found.push(`tells ${secret}`);
  }
  if (/\\n\s+at /.test(text)) found.push('a stack');
  return found;
}

const isTaken = (name: CallName, input: unknown) => callSchemas[name].safeParse(input).success;

describe('every call', () => {
  it('refuses whatever its schema does not know, before anybody reads it', async () => {
    for (const name of CALL_NAMES) {
      await fc.assert(
        fc.asyncProperty(fc.oneof(anyValue, almostGoodInput(name)), async (input) => {
          if (isPlainInput(input) && isTaken(name, input)) return;
          expect(await replyTo(name, input)).toEqual({
            ok: false,
            error: { code: 'INVALID_REQUEST', params: { name } },
          });
        }),
        { numRuns: 20, examples: [[{ jobIds: new Array(2 ** 32 - 1) }]] },
      );
    }
  });

  it('answers what its schema knows with a value or a named fault, and nothing private', async () => {
    for (const name of CALL_NAMES) {
      const good = goodInput(name).filter((input) => isTaken(name, input));
      await fc.assert(
        fc.asyncProperty(good, async (input) => {
          expect([name, input, breaches(await replyTo(name, input))]).toEqual([name, input, []]);
        }),
        { numRuns: 3, endOnFailure: true },
      );
    }
    expect(await replyTo('getSnapshot', undefined)).toMatchObject({ ok: true });
  });
});
