import { CratefulError, hasCode } from '../errors.ts';
import { createApi } from './api.ts';
import { type AppCredentialsParts, createAppCredentials } from './app-credentials.ts';
import { type FileUrlRequest, fetchFileUrl } from './file-url.ts';

/** Faults of a probe that say something of the track and nothing of the app's credentials. */
export const ABOUT_THE_TRACK = [
  'NOT_ENTITLED',
  'TRACK_WITHHELD',
  'TRACK_UNAVAILABLE',
  'PREVIEW_ONLY',
  'WRONG_FORMAT',
] as const;

/** An app id and secret that belong together. */
export interface AppPair {
  readonly appId: string;
  readonly appSecret: string;
}

/**
 * Tries a pair with a signed call for an owned track (qobuz-api §1.4); nothing is stored and no other call uses it.
 *
 * Throws `APP_CREDENTIALS_INVALID`, `APP_CREDENTIALS_UNTESTED` when the answer does not tell whether the signature was
 * looked at, `SIGN_IN_REQUIRED` when the session is not good with this app id, and what calls throw.
 */
export async function testAppPair(
  parts: Omit<Parameters<typeof createApi>[0], 'credentials'> &
    Omit<AppCredentialsParts, 'cache' | 'userGiven'>,
  pair: AppPair,
  probe: Pick<FileUrlRequest, 'trackId' | 'formatId' | 'signal'>,
): Promise<void> {
  const credentials = createAppCredentials({
    ...parts,
    cache: { load: async () => null, save: async () => undefined },
    userGiven: pair,
  });
  try {
    await fetchFileUrl(createApi({ ...parts, credentials }), { ...probe, priority: 'user' });
  } catch (error) {
    if (!hasCode(error, ...ABOUT_THE_TRACK)) throw error;
  } finally {
    credentials.close();
  }
  const { validated } = await credentials.current();
  if (!validated) throw new CratefulError('APP_CREDENTIALS_UNTESTED');
}
