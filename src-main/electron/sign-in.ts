import type { BaseWindow } from 'electron';
import type { Engine } from '../engine.ts';
import type { Words } from '../words.ts';
import { openSignInWindow, type SignInWindow } from './sign-in-window.ts';

/**
 * Signs in with a window of our own: the same way as through the system's browser, with the page shown here. Closing
 * the window cancels; however it ends, the window is closed and its storage wiped.
 */
export async function signInWithWindow(
  engine: Engine,
  surroundings: { readonly parent: BaseWindow | null; readonly words: Words },
): Promise<void> {
  let window: SignInWindow | null = null;
  try {
    await engine.signInWithBrowser(async (page) => {
      window = await openSignInWindow({
        page,
        proxy: engine.network.proxy(),
        parent: surroundings.parent,
        words: surroundings.words.signInWindow,
        onClosed: () => void engine.cancelSignIn(),
      });
      await window.shown;
    });
  } finally {
    await (window as SignInWindow | null)?.close();
  }
}
