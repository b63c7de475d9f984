import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { CALL_NAMES, type CallName, channelOf } from '../../src-preload/contract/call-names.ts';
import {
  type CallArguments,
  type CallReply,
  type CallResults,
  callSchemas,
} from '../../src-preload/contract/calls.ts';
import { asCratefulError, CratefulError } from '../errors.ts';
import { isOwnPage } from './addresses.ts';
import { isPlainInput } from './plain-input.ts';

/** One handler for every call of the contract; it gets the parsed input. */
export type CallHandlers = {
  readonly [Name in CallName]: (input: CallArguments<Name>) => Promise<CallResults[Name]>;
};

/** What is asked about the sender of a call. */
type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'> & {
  readonly sender: Pick<WebContents, 'isDestroyed' | 'mainFrame'>;
};

/**
 * Whether a call comes from our own page in the main frame of the live window: not from a frame inside it,
 * a window that is gone, or a page that got there some other way.
 */
export function isTrusted(event: Sender, window: Pick<WebContents, 'mainFrame'> | null): boolean {
  const { sender, senderFrame } = event;
  return (
    window !== null &&
    sender === window &&
    !sender.isDestroyed() &&
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    isOwnPage(senderFrame.url)
  );
}

/**
 * Registers every call through one gate: sender, then size and schema, then handler. A fault crosses as code and
 * params, never with a stack (architecture §7).
 */
export function registerCalls(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: CallHandlers,
  liveContents: () => WebContents | null,
): void {
  for (const name of CALL_NAMES) {
    ipcMain.handle(channelOf(name), (event, input: unknown) =>
      replyOf(async () => {
        if (!isTrusted(event, liveContents())) throw new CratefulError('INVALID_REQUEST', { name });
        return call(handlers, name, input);
      }),
    );
  }
}

async function call<Name extends CallName>(
  handlers: CallHandlers,
  name: Name,
  input: unknown,
): Promise<CallResults[Name]> {
  const parsed = isPlainInput(input) ? callSchemas[name].safeParse(input) : null;
  if (!parsed?.success) throw new CratefulError('INVALID_REQUEST', { name });
  return handlers[name](parsed.data as CallArguments<Name>);
}

async function replyOf<Result>(work: () => Promise<Result>): Promise<CallReply<Result>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: asCratefulError(error).toView() };
  }
}
