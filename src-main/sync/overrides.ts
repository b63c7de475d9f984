import type { FormatId } from '../../src-preload/contract/formats.ts';
import type { AccountId, AlbumId } from '../../src-preload/contract/ids.ts';
import type { Library } from '../library/library.ts';
import { type AlbumOverride, NO_OVERRIDE } from '../library/overrides.ts';

/** What the person decided about single albums of the account in use; read by plans as they are made. */
export interface Overrides {
  of(albumId: AlbumId): AlbumOverride;
  /** Reads those of an account; null for nobody. */
  load(account: AccountId | null): Promise<void>;
  /** Remembers which albums no sync touches, and which it takes up again. */
  setSkipped(albumIds: readonly AlbumId[], skip: boolean): Promise<void>;
  /** Remembers the format one album is wanted in; null returns to the preference. */
  setFormat(albumId: AlbumId, formatId: FormatId | null): Promise<void>;
}

/** Makes the overrides of one engine. */
export function createOverrides({ overrides }: Pick<Library, 'overrides'>): Overrides {
  let account: AccountId | null = null;
  let known = new Map<AlbumId, AlbumOverride>();
  const change = async (albumIds: readonly AlbumId[], patch: Partial<AlbumOverride>) => {
    if (account === null) return;
    const changed = albumIds.map((id) => [id, { ...of(id), ...patch }] as const);
    await overrides.put(account, new Map(changed));
    for (const [id, override] of changed) known.set(id, override);
  };
  const of = (albumId: AlbumId): AlbumOverride => known.get(albumId) ?? NO_OVERRIDE;
  return {
    of,
    async load(next) {
      const read = next === null ? new Map() : await overrides.list(next);
      account = next;
      known = read;
    },
    setSkipped: (albumIds, skip) => change(albumIds, { skip }),
    setFormat: (albumId, formatId) => change([albumId], { formatId }),
  };
}
