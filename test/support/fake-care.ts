import type { CallReply, CratefulBridge } from '../../src-preload/contract/calls.ts';
import type { AlbumOffer, DuplicateGroup } from '../../src-preload/contract/editions.ts';
import type { ErrorView } from '../../src-preload/contract/error-codes.ts';
import type { SetAsideView } from '../../src-preload/contract/set-aside.ts';

/** What a scene says of what was set aside, of better editions and of duplicates; nothing of each when absent. */
export interface CareScene {
  readonly setAside?: readonly SetAsideView[];
  readonly offers?: readonly AlbumOffer[];
  readonly duplicates?: readonly DuplicateGroup[];
  /** Why these lists cannot be read; tried again, they can. */
  readonly careFault?: ErrorView;
}

type Answer = <Result>(
  name: string,
  input: unknown,
  value: () => Result,
) => Promise<CallReply<Result>>;

/** Calls of the rooms of the care page, with the effect a person would see. Every list is one page. */
export function careCalls(scene: CareScene, answer: Answer): Partial<CratefulBridge> {
  let setAside = scene.setAside ?? [];
  let offers = scene.offers ?? [];
  let duplicates = scene.duplicates ?? [];
  let fault = scene.careFault ?? null;
  const list = <Result>(
    name: string,
    input: unknown,
    value: () => Result,
  ): Promise<CallReply<Result>> => {
    if (fault === null) return answer(name, input, value);
    const error = fault;
    // Not at once: React's strict mode asks twice in a row.
    setTimeout(() => {
      fault = null;
    });
    return Promise.resolve({ ok: false, error });
  };
  const open = () => offers.flatMap(({ tracks }) => tracks.filter(({ accepted }) => !accepted));
  return {
    getSetAside: (input) =>
      list('getSetAside', input, () => ({
        entries: setAside,
        total: setAside.length,
        totalBytes: setAside.reduce((sum, { bytes }) => sum + bytes, 0),
        next: null,
      })),
    restoreSetAside: (input) =>
      answer('restoreSetAside', input, () => {
        setAside = setAside.filter(({ id }) => !input.ids.includes(id));
        return null;
      }),
    emptySetAside: (input) =>
      answer('emptySetAside', input, () => {
        setAside = setAside.filter(({ id }) => input.ids !== null && !input.ids.includes(id));
        return 0;
      }),
    getOffers: (input) =>
      list('getOffers', input, () => ({
        albums: offers,
        total: offers.length,
        tracksOpen: open().length,
        bytesOpen: open().reduce((sum, { bytes }) => sum + bytes, 0),
        next: null,
      })),
    acceptOffers: (input) =>
      answer('acceptOffers', input, () => {
        offers = offers.map((offer) => {
          const scope = input.scope?.find(({ albumId }) => albumId === offer.albumId);
          if (input.scope !== null && !scope) return offer;
          const wanted = scope?.trackIds ?? null;
          const tracks = offer.tracks.map((track) =>
            wanted === null || wanted.includes(track.trackId)
              ? { ...track, accepted: true }
              : track,
          );
          return { ...offer, tracks };
        });
        return null;
      }),
    dismissOffers: (input) =>
      answer('dismissOffers', input, () => {
        offers = offers.filter(({ albumId }) =>
          input.scope.every((scope) => scope.albumId !== albumId),
        );
        return null;
      }),
    getDuplicates: (input) =>
      list('getDuplicates', input, () => ({
        groups: duplicates,
        total: duplicates.length,
        next: null,
      })),
    settleDuplicate: (input) =>
      answer('settleDuplicate', input, () => {
        duplicates = duplicates.filter(({ key }) => key !== input.key);
        return null;
      }),
  };
}
