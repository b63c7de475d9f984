import type {
  AlbumOffer,
  DuplicateGroup,
  DuplicateMember,
} from '../../src-preload/contract/editions.ts';
import { type AlbumId, albumId, trackId } from '../../src-preload/contract/ids.ts';
import type { Quality, SetAsideView } from '../../src-preload/contract/set-aside.ts';
import type { AlbumSummary } from '../../src-preload/contract/views.ts';

const MP3: Quality = { formatId: 5, bitDepth: null, samplingRateKHz: 44.1 };
const CD: Quality = { formatId: 6, bitDepth: 16, samplingRateKHz: 44.1 };
const HIGH: Quality = { formatId: 7, bitDepth: 24, samplingRateKHz: 96 };
const HIGHEST: Quality = { formatId: 27, bitDepth: 24, samplingRateKHz: 192 };
const UNKNOWN: Quality = { formatId: null, bitDepth: null, samplingRateKHz: null };

const AT_MS = Date.UTC(2026, 8, 14, 18, 32);
const DAY_MS = 86_400_000;

/** Files that were set aside, one for each reason and one that nobody knows anything of. */
export const setAsideOf = (albums: readonly AlbumSummary[]): readonly SetAsideView[] => {
  const entry = (
    index: number,
    title: string,
    rest: Pick<SetAsideView, 'quality' | 'bytes' | 'reason'>,
  ): SetAsideView => {
    const album = albums[index]!;
    return {
      id: `aside-${index}`,
      albumId: album.id,
      trackId: trackId(7000 + index),
      kind: 'track',
      title,
      artist: album.artist,
      albumTitle: album.title,
      path: `${album.artist}/${album.title}/0${index + 1} - ${title}.flac`,
      sha256: null,
      atMs: AT_MS - index * 9 * DAY_MS,
      ...rest,
    };
  };
  return [
    entry(0, 'First Light over the Harbour', { quality: CD, bytes: 31_400_000, reason: 'upgrade' }),
    entry(1, 'Hedgerow', { quality: MP3, bytes: 9_800_000, reason: 'format-changed' }),
    entry(3, 'Paper Kingdoms', { quality: CD, bytes: 28_300_000, reason: 'damaged' }),
    entry(4, 'Sommarnatt', { quality: HIGH, bytes: 88_100_000, reason: 'duplicate' }),
    entry(7, 'The Waltz That Nobody Was Asked to Dance at the End of a Very Long Evening', {
      quality: HIGHEST,
      bytes: 203_700_000,
      reason: 'restored',
    }),
    {
      ...entry(9, '04 - Salt.flac', { quality: UNKNOWN, bytes: 41_000_000, reason: null }),
      albumId: null,
      trackId: null,
      artist: '',
      albumTitle: '',
    },
  ];
};

/** Albums with better editions, the last one accepted already. */
export const offersOf = (albums: readonly AlbumSummary[]): readonly AlbumOffer[] => {
  const offer = (
    index: number,
    tracks: readonly (readonly [title: string, from: Quality, to: Quality, accepted?: boolean])[],
  ): AlbumOffer => {
    const { id, title, artist } = albums[index]!;
    return {
      albumId: id,
      albumTitle: title,
      artist,
      tracks: tracks.map(([name, from, to, accepted = false], at) => ({
        trackId: trackId(8000 + index * 20 + at),
        title: name,
        from,
        to,
        bytes: 96_000_000 + at * 7_000_000,
        accepted,
      })),
    };
  };
  return [
    offer(0, [
      ['First Light over the Harbour', CD, HIGHEST],
      ['A Room with Two Doors', CD, HIGHEST],
      ['Carried by the Tide', HIGH, HIGHEST],
    ]),
    offer(7, [['The Waltz That Nobody Was Asked to Dance', MP3, HIGH]]),
    offer(4, [
      ['Inledning', CD, HIGH, true],
      ['Bränningar', CD, HIGH, true],
    ]),
  ];
};

/** An album in two editions, and a recording on two albums. */
export const duplicatesOf = (albums: readonly AlbumSummary[]): readonly DuplicateGroup[] => {
  const member = (
    id: AlbumId,
    rest: Omit<DuplicateMember, 'albumId' | 'artist'>,
    artist: string,
  ): DuplicateMember => ({ albumId: id, artist, ...rest });
  const { id, title, artist } = albums[1]!;
  const album = { trackId: null, tracks: 14, albumTitle: title };
  const harbour = albums[0]!;
  const live = albums[6]!;
  const track = { title: 'Carried by the Tide', tracks: 1, better: false, quality: CD };
  const folder = `${artist}/${title}`;
  return [
    {
      key: 'album-1',
      kind: 'album',
      members: [
        member(
          id,
          {
            ...album,
            title: `${title} (Deluxe Edition)`,
            path: `${folder} (Deluxe Edition)`,
            bytes: 1_310_000_000,
            quality: HIGH,
            better: true,
          },
          artist,
        ),
        member(
          albumId('alb0000000090'),
          {
            ...album,
            ...{ title, path: folder, tracks: 9, bytes: 301_000_000, quality: CD, better: false },
          },
          artist,
        ),
      ],
    },
    {
      key: 'track-1',
      kind: 'track',
      members: [harbour, live].map((of, index) =>
        member(
          of.id,
          {
            ...track,
            trackId: trackId(9000 + index),
            albumTitle: of.title,
            path: `${of.artist}/${of.title}/03 - Carried by the Tide.flac`,
            bytes: 33_000_000,
          },
          harbour.artist,
        ),
      ),
    },
  ];
};
