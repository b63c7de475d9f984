import type { AccountId, TrackId } from '../../src-preload/contract/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { CratefulError, hasCode } from '../errors.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Library } from '../library/library.ts';
import type { AppPair } from '../qobuz/app-pair.ts';
import type { Qobuz } from '../qobuz/client.ts';
import type { AlbumLists } from './album-lists.ts';
import { discardQueue } from './discard-queue.ts';
import { entitlementOf, groupByAlbum } from './ownership.ts';
import type { Session } from './session.ts';

/** What the control of accounts works with. */
export interface AccountControlParts {
  readonly accounts: Pick<Accounts, 'tokens'>;
  readonly session: Session;
  readonly library: Library;
  readonly fs: FileSystem;
  readonly qobuz: Pick<Qobuz, 'testAppPair'>;
  readonly lists: AlbumLists;
  /** Ends the run that goes on, and gives when it has ended. */
  readonly stop: () => Promise<void>;
}

/** Which account is in use, and what its service is asked with. */
export interface AccountControl {
  /** Throws `SIGN_IN_REQUIRED` for an account without a session, `INVALID_REQUEST` for one nobody knows. */
  switchTo(id: AccountId): Promise<void>;
  /**
   * Ends the session of the account in use. `keep`: its jobs wait for the next sign-in; `discard`: they are
   * cancelled, and what was fetched of them so far is removed. Files that are whole stay in any case.
   */
  signOut(options: { readonly queue: 'keep' | 'discard' }): Promise<void>;
  /**
   * Tries an app id and secret with a track the account owns; nothing is stored.
   *
   * Throws `APP_CREDENTIALS_INVALID` for a pair the service refuses, `SIGN_IN_REQUIRED` without a session,
   * `APP_CREDENTIALS_UNTESTED` when there is no purchase to try it with or the session belongs to another app id, and
   * what calls throw.
   */
  testAppCredentials(pair: AppPair, signal?: AbortSignal): Promise<void>;
}

/** Albums whose track lists are asked for until one has a track to try a pair with. */
const MOST_ALBUMS = 5;

/** Makes the account control of one engine. */
export function createAccountControl(parts: AccountControlParts): AccountControl {
  const { session, library } = parts;

  /** A track that may be downloaded, from what is known, else from a track list. */
  const findProbe = async (account: AccountId, signal: AbortSignal) => {
    const albums = groupByAlbum(await library.purchases.list(account)).filter(
      ({ whole, singles }) =>
        [whole, ...singles.values()].some((row) => row?.downloadable && row.formatIds.length > 0),
    );
    for (const owned of albums.slice(0, MOST_ALBUMS)) {
      const ids: TrackId[] = [...owned.singles.keys()];
      if (ids.length === 0) {
        const { detail } = await parts.lists.of(owned, { priority: 'user', signal });
        ids.push(...detail.tracks.map((track) => track.id));
      }
      for (const trackId of ids) {
        const entitlement = entitlementOf(owned, trackId);
        const formatId = entitlement?.downloadable ? entitlement.formatIds[0] : undefined;
        if (formatId !== undefined) return { trackId, formatId, signal };
      }
    }
    return null;
  };

  return {
    switchTo: (id) => session.switchTo(id),

    async signOut({ queue }) {
      await parts.stop();
      const account = session.account();
      await session.signOut();
      if (account && queue === 'discard') await discardQueue(parts, account.id);
    },

    async testAppCredentials(pair, signal = new AbortController().signal) {
      const account = session.account();
      if (!account || (await parts.accounts.tokens.current()) === null) {
        throw new CratefulError('SIGN_IN_REQUIRED');
      }
      const probe = await findProbe(account.id, signal);
      if (!probe) throw new CratefulError('APP_CREDENTIALS_UNTESTED');
      try {
        await parts.qobuz.testAppPair(pair, probe);
      } catch (error) {
        if (!hasCode(error, 'SIGN_IN_REQUIRED')) throw error;
        // Sessions belong to an app id (qobuz-api §1.4): one that holds with the pair in use says nothing of this.
        await session.confirm(signal);
        throw new CratefulError('APP_CREDENTIALS_UNTESTED', {}, error);
      }
    },
  };
}
