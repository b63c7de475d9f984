import type { Album, Goodie, Purchase, Track } from '../../src-preload/contract/catalogue.ts';
import type { FormatId } from '../../src-preload/contract/formats.ts';
import { albumId, trackId } from '../../src-preload/contract/ids.ts';
import { composersOf, parseCredits } from './credits.ts';
import type { RawAlbum, RawTrack, RawTrackPurchase } from './schemas.ts';

/** The `file_format_id` of a PDF (qobuz-api §4.9). */
const PDF = 21;

/** Addresses of the service in old rows are http; the same files are served over https. */
const secure = (address: string): string =>
  address.replace(/^http:\/\/((?:[\w-]+\.)*qobuz\.com)(?::80)?(?=\/)/i, 'https://$1');

const unique = (values: readonly string[]): string[] => [...new Set(values)];

const whole = (value: number | null): number | null =>
  value === null ? null : Math.max(0, Math.round(value));

/** An album of either shape of JSON, as the rest of Crateful knows it (qobuz-api §4.1, §4.7). */
export function albumOf(raw: RawAlbum): Album {
  const main = raw.artists
    .filter((artist) => artist.roles.some((role) => /^main-?artist$/i.test(role)))
    .map((artist) => artist.name);
  const artist = raw.artist?.name ?? main[0] ?? raw.artists[0]?.name ?? 'Unknown Artist';
  return {
    id: albumId(raw.id),
    title: raw.title,
    version: raw.version,
    artist,
    artists: unique([artist, ...main]),
    label: raw.label?.name ?? null,
    genres: genresOf(raw),
    releaseDate: releaseDateOf(raw),
    upc: raw.upc,
    copyright: raw.copyright,
    discCount: Math.max(
      1,
      whole(raw.media_count ?? raw.physical_support?.media_count ?? null) ?? 1,
    ),
    trackCount: whole(raw.tracks_count ?? raw.track_count) ?? 0,
    durationSeconds: raw.duration ?? 0,
    explicit: raw.parental_warning ?? false,
    coverUrl: raw.image?.large ? secure(raw.image.large) : null,
    goodies: raw.goodies.flatMap(goodieOf),
    maximumBitDepth: raw.maximum_bit_depth ?? raw.audio_info?.maximum_bit_depth ?? null,
    maximumSamplingRateKHz:
      raw.maximum_sampling_rate ?? raw.audio_info?.maximum_sampling_rate ?? null,
  };
}

/** The last part of each `Parent→Child` entry; the plain genre where there is no list. */
function genresOf(raw: RawAlbum): string[] {
  const listed = raw.genres_list.map((path) => path.split('→').at(-1)?.trim() ?? '');
  const found = unique(listed.filter(Boolean));
  if (found.length > 0) return found;
  return raw.genre?.name ? [raw.genre.name] : [];
}

function releaseDateOf(raw: RawAlbum): string | null {
  const stated = [
    raw.release_date_original,
    raw.dates?.original,
    raw.release_date_download,
    raw.dates?.download,
    raw.release_date_stream,
    raw.dates?.stream,
  ];
  for (const text of stated) {
    const date = /^([1-9]\d{3})(-\d{2}-\d{2})?/.exec(text ?? '');
    if (date) return `${date[1]}${date[2] ?? ''}`;
  }
  if (raw.released_at === null) return null;
  // `released_at` is midnight where the service lives; noon of the same day is that day in UTC, too.
  const noon = new Date((raw.released_at + 12 * 3600) * 1000);
  return Number.isNaN(noon.getTime()) ? null : noon.toISOString().slice(0, 10);
}

/** A booklet; old rows hold a Flash film under `url` and the PDF under `original_url`. */
function goodieOf(raw: RawAlbum['goodies'][number]): Goodie[] {
  const url = raw.original_url ?? raw.url;
  if (url === null) return [];
  const isPdf = raw.file_format_id === PDF || /\.pdf(?:[?#]|$)/i.test(url);
  return isPdf ? [{ name: raw.name ?? 'Booklet', url: secure(url) }] : [];
}

/** A track of either shape; `place` (from 1) stands in for a missing track number. */
export function trackOf(raw: RawTrack, album: Album, place: number): Track {
  const artist = raw.performer?.name ?? raw.artist?.name ?? raw.artists[0]?.name ?? album.artist;
  const composer = raw.composer?.name ?? null;
  const known = unique([artist, ...(composer === null ? [] : [composer]), ...album.artists]);
  const credits =
    raw.performers === null
      ? raw.artists.map(({ name, roles }) => ({ name, roles }))
      : parseCredits(raw.performers, known);
  return {
    id: trackId(raw.id),
    albumId: album.id,
    title: raw.title,
    version: raw.version,
    work: raw.work,
    artist,
    credits,
    composers: composersOf(composer, credits),
    trackNumber: whole(raw.track_number ?? raw.physical_support?.track_number ?? null) ?? place,
    discNumber: Math.max(
      1,
      whole(raw.media_number ?? raw.physical_support?.media_number ?? null) ?? 1,
    ),
    durationSeconds: raw.duration ?? 0,
    isrc: raw.isrc,
    copyright: raw.copyright,
    explicit: raw.parental_warning ?? false,
    replayGainDb: raw.audio_info?.replaygain_track_gain ?? null,
    replayPeak: raw.audio_info?.replaygain_track_peak ?? null,
  };
}

/** The entitlement of a row: ids as numbers or text, each once, unknown ones included (qobuz-api §3.2). */
function entitlement(listed: RawAlbum['downloadable_format_ids']): FormatId[] | null {
  if (!listed) return null;
  const ids = listed.map(Number).filter((id) => Number.isInteger(id) && id > 0);
  // A list none of which can be read says nothing; an empty one says "not deliverable yet".
  if (ids.length === 0 && listed.length > 0) return null;
  return [...new Set(ids)];
}

function bought(raw: RawAlbum | RawTrackPurchase) {
  const formatIds = entitlement(raw.downloadable_format_ids);
  const allowed = (raw.downloadable ?? raw.rights?.downloadable) !== false;
  return {
    purchasedAt: raw.purchased_at ?? raw.dates?.purchase ?? 0,
    formatIds: formatIds ?? [],
    formatsKnown: formatIds !== null,
    downloadable: allowed && (formatIds === null || formatIds.length > 0),
  };
}

/** A row of `getUserPurchases?type=albums`. */
export function albumPurchase(raw: RawAlbum): Purchase {
  const album = albumOf(raw);
  return { albumId: album.id, trackId: null, ...bought(raw), album, track: null };
}

/** A row of `getUserPurchases?type=tracks`. */
export function trackPurchase(raw: RawTrackPurchase): Purchase {
  const album = albumOf(raw.album);
  const track = trackOf(raw, album, 1);
  return { albumId: album.id, trackId: track.id, ...bought(raw), album, track };
}
