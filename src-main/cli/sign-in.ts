import { createInterface } from 'node:readline/promises';
import type { Engine } from '../engine.ts';
import { hasCode } from '../errors.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/**
 * Makes sure there is a session before anything else: from `QOBUZ_USERNAME` and `QOBUZ_PASSWORD` when given,
 * else the token of the environment or the keychain.
 *
 * Throws `SIGN_IN_REQUIRED`, `SIGN_IN_REFUSED` and what calls throw.
 */
export async function signInFromEnvironment(engine: Engine): Promise<void> {
  const { QOBUZ_USERNAME: username, QOBUZ_PASSWORD: password } = process.env;
  if (username && password) await engine.signInWithPassword(username, password);
  else await engine.confirmSession();
}

/**
 * `crateful login`: the system's browser, with the address pasted as the way back from a machine without one.
 * A token in `QOBUZ_USER_AUTH_TOKEN` is checked and kept instead.
 */
export async function login(sentences: Sentences, version: string): Promise<number> {
  const { t } = sentences;
  const token = process.env.QOBUZ_USER_AUTH_TOKEN;
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const engine = await openEngine(
    { openUrl: async (url) => say(t('cli.openThis', { url })), keepToken: true },
    version,
  );
  try {
    if (token) await engine.signInWithToken(token);
    else await signInByBrowser(engine, sentences, say);
    const { account } = await engine.snapshot();
    if (account) {
      say(t('cli.signedInAs', { name: account.name }));
      say(t(`account.kept.${account.credentialStore}`));
    }
    return 0;
  } finally {
    await engine.dispose();
  }
}

async function signInByBrowser(
  engine: Engine,
  sentences: Sentences,
  say: (text: string) => void,
): Promise<void> {
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    if (line.trim() === '') return;
    engine.submitSignInAddress(line.trim()).catch((error: unknown) => {
      if (hasCode(error, 'SIGN_IN_ADDRESS_INVALID')) {
        say(sentences.fault({ code: 'SIGN_IN_ADDRESS_INVALID', params: {} }).sentence);
      }
    });
  });
  try {
    await engine.signInWithBrowser();
  } finally {
    input.close();
  }
}

/** `crateful logout`: forgets the token; what was bought and fetched stays known. */
export async function logout({ t }: Sentences, version: string): Promise<number> {
  const engine = await openEngine({}, version);
  try {
    await engine.signOut();
    process.stderr.write(`${t('cli.signedOut')}\n`);
    return 0;
  } finally {
    await engine.dispose();
  }
}
