import { closeSync, fstatSync, openSync } from 'node:fs';
import type { IAudioMetadata } from 'music-metadata';
import { type Container, isAudio, recognise } from './container.ts';

/** What a file says about itself without its sound being read: tags, and what its headers state. */
export interface FileFacts {
  readonly container: Container;
  readonly bytes: number;
  /** As its headers state it; null where they state none. */
  readonly durationSeconds: number | null;
  readonly samplingRateKHz: number | null;
  /** Null where the format has none (MP3). */
  readonly bitDepth: number | null;
  /** Average rate of the sound, kilobits a second. */
  readonly kbps: number | null;
  /** False when it is no audio, or its headers cannot be read. */
  readonly readable: boolean;
  readonly tags: FileTags;
}

/** The tags that tell what a file is; empty lists and nulls where it has none. Text as it stands in the file. */
export interface FileTags {
  readonly title: string | null;
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly year: number | null;
  readonly isrcs: readonly string[];
  readonly upc: string | null;
  readonly qobuzTrackId: number | null;
  readonly qobuzAlbumId: string | null;
}

const NO_TAGS: FileTags = {
  title: null,
  artists: [],
  album: null,
  albumArtist: null,
  trackNumber: null,
  discNumber: null,
  year: null,
  isrcs: [],
  upc: null,
  qobuzTrackId: null,
  qobuzAlbumId: null,
};

/** Longest tag that is read: whatever is longer is no name. */
const MOST_CHARACTERS = 400;

/** Reads what a file says about itself. Never throws for an unreadable file: it says so. */
export async function factsOfFile(path: string): Promise<FileFacts> {
  const fd = openSync(path, 'r');
  const { container, bytes } = seen(fd);
  const nothing: FileFacts = {
    container,
    bytes,
    durationSeconds: null,
    samplingRateKHz: null,
    bitDepth: null,
    kbps: null,
    readable: false,
    tags: NO_TAGS,
  };
  if (!isAudio(container)) return nothing;
  // Loaded only here: it would double the start of every thread.
  const { parseFile } = await import('music-metadata');
  // Whatever its headers hold, one odd file must not end the look at all the others.
  const metadata = await parseFile(path, { skipCovers: true, duration: false }).catch(() => null);
  if (metadata === null) return nothing;
  const { format } = metadata;
  const durationSeconds = format.duration ?? null;
  return {
    container,
    bytes,
    durationSeconds,
    samplingRateKHz: format.sampleRate === undefined ? null : format.sampleRate / 1000,
    bitDepth: container === 'mp3' ? null : (format.bitsPerSample ?? null),
    kbps: durationSeconds ? Math.round((bytes * 8) / durationSeconds / 1000) : null,
    readable: durationSeconds === null || durationSeconds > 0,
    tags: tagsIn(metadata),
  };
}

function seen(fd: number): { readonly container: Container; readonly bytes: number } {
  try {
    const bytes = fstatSync(fd).size;
    return { container: recognise(fd, bytes), bytes };
  } finally {
    closeSync(fd);
  }
}

function tagsIn({ common, native }: IAudioMetadata): FileTags {
  const own = qobuzIds(native);
  return {
    title: text(common.title),
    artists: [
      ...new Set([common.artist, ...(common.artists ?? [])].flatMap((name) => text(name) ?? [])),
    ],
    album: text(common.album),
    albumArtist: text(common.albumartist),
    trackNumber: common.track.no,
    discNumber: common.disk.no,
    year: common.year ?? null,
    isrcs: (common.isrc ?? []).flatMap((isrc) => text(isrc) ?? []),
    upc: text(common.barcode) ?? own.upc,
    qobuzTrackId: own.trackId,
    qobuzAlbumId: own.albumId,
  };
}

const text = (value: string | undefined): string | null => {
  const trimmed = value?.trim().slice(0, MOST_CHARACTERS) ?? '';
  return trimmed === '' ? null : trimmed;
};

/** Ids of the purchase, under the names that programs write them by: ours with underscores, others without. */
function qobuzIds(native: IAudioMetadata['native']): {
  readonly trackId: number | null;
  readonly albumId: string | null;
  readonly upc: string | null;
} {
  const values = new Map<string, string>();
  for (const { id, value } of Object.values(native).flat()) {
    const name = id
      .slice(id.lastIndexOf(':') + 1)
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
    if (typeof value === 'string' && !values.has(name)) values.set(name, value.trim());
  }
  const trackId = Number(values.get('qobuztrackid'));
  const albumId = values.get('qobuzalbumid') ?? '';
  return {
    trackId: Number.isSafeInteger(trackId) && trackId > 0 ? trackId : null,
    albumId: /^[A-Za-z0-9]{1,64}$/.test(albumId) ? albumId : null,
    upc: text(values.get('upc') ?? values.get('ean')),
  };
}
