import { z } from 'zod';

/**
 * What the service's JSON is read with (qobuz-api §3, §4). Lenient on purpose: an odd field becomes null,
 * only what nothing works without is required, and unknown fields are ignored. Names may be plain text
 * ("flat") or `{ display }` ("v2").
 */
const clean = (value: string | null | undefined): string | null => {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
};

const anyText = z.union([
  z.string(),
  z.number().transform(String),
  z.object({ display: z.string() }).transform((name) => name.display),
]);
const text = anyText.nullish().catch(null).transform(clean);
const requiredText = anyText.transform((value) => value.trim()).pipe(z.string().min(1));
/** Must be there, and may say nothing: what was bought is then called by the word that stands for it in file names. */
const titleOr = (word: string) => anyText.transform((value) => value.trim() || word);
const anyNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*-?\d+(\.\d+)?\s*$/)
    .transform(Number),
]);
const number = anyNumber
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const positiveInteger = anyNumber.pipe(z.number().int().positive());
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((rows): z.output<Item>[] =>
      (rows ?? []).flatMap((row) => {
        const parsed = item.safeParse(row);
        return parsed.success ? [parsed.data] : [];
      }),
    );
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

const named = part({ name: text });
const specs = {
  maximum_bit_depth: number,
  maximum_sampling_rate: number,
};

const goodie = z.object({
  name: text,
  url: text,
  original_url: text,
  file_format_id: number,
});

const purchaseFields = {
  purchased_at: number,
  downloadable: flag,
  downloadable_format_ids: z.array(z.unknown()).nullish().catch(null),
  rights: part({ downloadable: flag }),
  dates: part({ original: text, download: text, stream: text, purchase: number }),
};

/** An album, in a purchase row, in `album/get` or inside a track. */
export const albumSchema = z.object({
  ...specs,
  ...purchaseFields,
  id: requiredText,
  title: titleOr('Untitled Album'),
  version: text,
  artist: named,
  artists: list(z.object({ name: requiredText, roles: list(z.string()) })),
  label: named,
  genre: named,
  genres_list: list(z.string()),
  release_date_original: text,
  release_date_download: text,
  release_date_stream: text,
  released_at: number,
  upc: text,
  copyright: text,
  media_count: number,
  tracks_count: number,
  track_count: number,
  duration: number,
  parental_warning: flag,
  image: part({ large: text }),
  goodies: list(goodie),
  audio_info: part({ ...specs }),
  physical_support: part({ media_count: number }),
});
/** See {@link albumSchema}. */
export type RawAlbum = z.output<typeof albumSchema>;

/** A track, in an album's list or in a purchase row. */
export const trackSchema = z.object({
  ...purchaseFields,
  id: positiveInteger,
  title: titleOr('Untitled'),
  version: text,
  work: text,
  isrc: text,
  duration: number,
  track_number: number,
  media_number: number,
  performer: named,
  artist: named,
  artists: list(z.object({ name: requiredText, roles: list(z.string()) })),
  performers: text,
  composer: named,
  copyright: text,
  parental_warning: flag,
  audio_info: part({ replaygain_track_gain: number, replaygain_track_peak: number }),
  physical_support: part({ media_number: number, track_number: number }),
});
/** See {@link trackSchema}. */
export type RawTrack = z.output<typeof trackSchema>;

/** A purchase row of a single track: the track with its album inside. */
export const trackPurchaseSchema = trackSchema.extend({ album: albumSchema });
/** See {@link trackPurchaseSchema}. */
export type RawTrackPurchase = z.output<typeof trackPurchaseSchema>;

/** Forty times what is asked for at a time: each odd row is reported, and nobody reads a million reports. */
const MOST_ROWS = 20_000;

/** One page of a list; rows stay raw, because one odd row must not empty the page. */
export const pageSchema = z.object({ total: number, items: z.array(z.unknown()).max(MOST_ROWS) });

/** The track page inside `album/get`. */
export const albumPageSchema = z.object({ tracks: pageSchema });

/** The answer of `track/getFileUrl` (qobuz-api §5.3). */
export const fileUrlSchema = z.object({
  url: text,
  format_id: number,
  mime_type: text,
  sampling_rate: number,
  bit_depth: number,
  duration: number,
  sample: z.unknown().optional(),
  restrictions: list(z.object({ code: requiredText })),
});
/** See {@link fileUrlSchema}. */
export type RawFileUrl = z.output<typeof fileUrlSchema>;

/** The account, as `user/login` and `user/get` describe it (qobuz-api §2.4). */
export const userSchema = z.object({
  id: requiredText,
  display_name: text,
  firstname: text,
  lastname: text,
  login: text,
  country_code: text,
  credential: part({
    label: text,
    parameters: part({ label: text, short_label: text }),
  }),
});
/** When things of the account last changed, in unix seconds (`user/lastUpdate`). */
export const lastUpdateSchema = z.object({ last_update: part({ purchase: number }) });

/** See {@link userSchema}. */
export type RawUser = z.output<typeof userSchema>;
