/**
 * Makes `assets/demo` (audio, booklets, `catalogue.json`) and the previews of `test/support/audio`.
 * Run with Node 24: `node scripts/demo-assets/make.ts`. Needs Debian's `flac` and `lame`. Covers come from
 * `make-covers.py`. See `assets/demo/README.md`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  CatalogueData,
  StoreAlbum,
  StoreArtist,
  StorePurchase,
  StoreTrack,
} from '../../src-main/demo/catalogue.ts';
import { ALBUMS, type AlbumPlan, type Bought, type TrackPlan } from './albums.ts';
import { writeAudio } from './audio-files.ts';
import { booklet } from './booklet.ts';
import { seededRandom } from './synth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const assets = path.join(root, 'assets/demo');
const audio = path.join(assets, 'audio');
const goodies = path.join(assets, 'goodies');
const previews = path.join(root, 'test/support/audio');

/** Albums whose FLAC files come without an MD5, and those whose files carry the shop's own tags. */
const WITHOUT_MD5 = new Set(['the-long-table', 'copper-and-glass', 'cathedral-of-small-things']);
const WITH_TAGS = new Set(['night-bus', 'paper-lanterns', 'copper-and-glass', 'tape-hiss-summer']);
const EXTENSIONS: Readonly<Record<number, string>> = {
  5: 'mp3',
  6: 'flac',
  7: 'flac',
  27: 'flac',
  55: 'dsf',
};

const artistIds = new Map<string, number>();
/** The same name gets the same id everywhere. */
function artist(name: string): StoreArtist {
  const id = artistIds.get(name) ?? 410_001 + 17 * artistIds.size;
  artistIds.set(name, id);
  return { id, name };
}

/** MP3 files shared between albums, so that the assets stay small: each album uses one at most once. */
const sharedMp3 = new Map<string, string>();
function mp3For(plan: TrackPlan, usedInAlbum: Set<string>): string {
  for (let copy = 1; ; copy++) {
    const key = `${plan.seconds * 1000}-${copy}`;
    if (usedInAlbum.has(key)) continue;
    usedInAlbum.add(key);
    const known = sharedMp3.get(key);
    if (known) return known;
    const name = `shared/${key}.mp3`;
    const mood = ALBUMS[copy % ALBUMS.length]?.mood ?? failure('no albums');
    writeAudio({
      file: path.join(audio, name),
      formatId: 5,
      mood,
      seed: 9_000 + sharedMp3.size,
      seconds: plan.seconds,
      tags: [],
      zeroMd5: false,
    });
    sharedMp3.set(key, name);
    return name;
  }
}

function failure(message: string): never {
  throw new Error(message);
}

function trackOf(
  album: AlbumPlan,
  plan: TrackPlan,
  place: { readonly index: number; readonly number: number; readonly id: number },
  usedMp3: Set<string>,
): StoreTrack {
  const disc = plan.disc ?? 1;
  const performer = plan.performer === undefined ? album.artist : plan.performer;
  const random = seededRandom(place.id);
  const tags = [
    `TITLE=${plan.title}`,
    `ARTIST=${performer ?? album.artist}`,
    `ALBUM=${album.title}`,
  ];
  const files: Record<string, string> = {};
  for (const formatId of plan.formats ?? album.formats) {
    const stem = `${album.stem}/${disc}-${String(place.number).padStart(2, '0')}`;
    if (formatId === 5 && album.formats.length > 1) {
      files[5] = mp3For(plan, usedMp3);
      continue;
    }
    const name = `${stem}.${formatId}.${EXTENSIONS[formatId]}`;
    // Every other file of the MP3 album is bare: both kinds are met in the wild (qobuz-api §8).
    const tagged = WITH_TAGS.has(album.stem) && (formatId !== 5 || place.index % 2 === 0);
    writeAudio({
      file: path.join(audio, name),
      formatId,
      mood: album.mood,
      seed: place.id,
      seconds: plan.seconds,
      tags: tagged
        ? [...tags, `SHOP_REFERENCE=DS-${place.id}`, 'ENCODED_BY=Demo pressing plant']
        : [],
      zeroMd5: WITHOUT_MD5.has(album.stem),
    });
    files[formatId] = name;
  }
  const composer = plan.composer === undefined ? null : artist(plan.composer);
  const credits = [
    `${performer ?? album.artist}, MainArtist`,
    ...(composer ? [`${composer.name}, Composer`] : []),
    `${album.label}, MusicPublisher`,
  ];
  return {
    id: place.id,
    title: plan.title,
    version: plan.version ?? null,
    work: plan.work ?? null,
    performer: performer === null ? null : artist(performer),
    performers: credits.join(' - '),
    composer,
    trackNumber: place.number,
    discNumber: disc,
    durationSeconds: Math.max(1, Math.round(plan.seconds)),
    isrc: `XXC${album.releaseDate.slice(1, 4)}${String(place.id % 1_000_000).padStart(6, '0')}`,
    explicit: plan.explicit ?? false,
    replayGainDb: Math.round((random() * 8 - 9) * 100) / 100,
    replayPeak: 0.5,
    files,
    withheldBy: plan.withheldBy ?? null,
  };
}

const purchases: StorePurchase[] = [];
function purchase(
  albumId: string,
  trackId: number | null,
  bought: Bought | null | undefined,
): void {
  if (!bought) return;
  purchases.push({
    albumId,
    trackId,
    purchasedAt: Date.parse(`${bought.at}T18:30:00Z`) / 1000,
    orderId: 20_400_100 + 37 * purchases.length,
    formatIds: bought.formats,
    downloadable: bought.formats.length > 0,
  });
}

function albumOf(plan: AlbumPlan, albumIndex: number): StoreAlbum {
  mkdirSync(path.join(audio, plan.stem), { recursive: true });
  const usedMp3 = new Set<string>();
  const perDisc = new Map<number, number>();
  const tracks = plan.tracks.map((track, index) => {
    const disc = track.disc ?? 1;
    const number = (perDisc.get(disc) ?? 0) + 1;
    perDisc.set(disc, number);
    const id = 184_203_100 + albumIndex * 1_000 + index;
    purchase(plan.id, id, track.boughtSingly);
    return trackOf(plan, track, { index, number, id }, usedMp3);
  });
  purchase(plan.id, null, plan.bought);
  const names = plan.artists ?? [plan.artist];
  return {
    id: plan.id,
    title: plan.title,
    version: plan.version ?? null,
    artist: artist(plan.artist),
    artists: names.map(artist),
    label: artist(plan.label),
    genre: { id: 64 + (plan.genre.length % 9), name: plan.genre },
    genresList: plan.genresList,
    upc: /^\d+$/.test(plan.id) ? plan.id : String(4_260_000_000_000 + albumIndex * 7_919),
    releaseDate: plan.releaseDate,
    copyright: `(C) ${plan.releaseDate.slice(0, 4)} ${plan.label} (P) ${plan.releaseDate.slice(0, 4)} ${plan.label}`,
    explicit: plan.explicit ?? false,
    shape: plan.shape ?? 'flat',
    cover: plan.stem,
    goodies: (plan.booklets ?? []).map((name, index) => {
      const file = `${plan.stem}-${index + 1}.pdf`;
      const lines = plan.tracks.map((track, at) => `${at + 1}. ${track.title}`);
      writeFileSync(path.join(goodies, file), booklet(plan.title, [plan.artist, '', ...lines]));
      return { id: 51_200 + albumIndex * 10 + index, name, file };
    }),
    tracks,
  };
}

for (const folder of [audio, goodies, previews]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
mkdirSync(path.join(audio, 'shared'));
const albums = ALBUMS.map(albumOf);
const data: CatalogueData = {
  albums,
  purchases,
  // A row no client can use: it has to be reported, not to empty the page (qobuz-api §3.1).
  oddRows: [{ title: 'A row that lost its id', purchased_at: 1_500_000_000, order_id: 20_400_001 }],
};
writeFileSync(path.join(assets, 'catalogue.json'), `${JSON.stringify(data, null, 1)}\n`);

// Far shorter than any track, whole and valid: what a preview served as the track looks like.
const [first = failure('no albums')] = ALBUMS;
for (const formatId of [5, 6, 7, 27]) {
  const file = path.join(previews, `preview.${formatId}.${EXTENSIONS[formatId]}`);
  writeAudio({
    file,
    formatId,
    mood: first.mood,
    seed: 77,
    seconds: 0.3,
    tags: [],
    zeroMd5: false,
  });
}
