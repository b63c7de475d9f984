/**
 * A naming template is a relative path with `/` between folders. `{word}` stands for a value, `<…>` for a part
 * that is left out when one of its values is empty. The last component names the track's file, without its
 * extension; everything before it names folders.
 */
export const TEMPLATE_WORDS = [
  'albumArtist',
  'album',
  'version',
  'year',
  'date',
  'label',
  'genre',
  'upc',
  'disc',
  'track',
  'title',
  'artist',
] as const;
/** One of {@link TEMPLATE_WORDS}. */
export type TemplateWord = (typeof TEMPLATE_WORDS)[number];

/** The layout of names-and-layout §1. */
export const DEFAULT_TEMPLATE =
  '{albumArtist}/{album}< ({version})>/<Disc {disc}/>{track} - <{artist} - >{title}';

/** Templates by name; their names stand in the locales under `naming.presets`. */
export const TEMPLATE_PRESETS = {
  standard: DEFAULT_TEMPLATE,
  year: '{albumArtist}/<{year} - >{album}< ({version})>/<Disc {disc}/>{track} - <{artist} - >{title}',
  flat: '{albumArtist} - {album}< ({version})>/<{disc}->{track} - <{artist} - >{title}',
  label:
    '{label}/{albumArtist} - {album}< ({version})>/<Disc {disc}/>{track} - <{artist} - >{title}',
} as const;
/** The name of a preset. */
export type TemplatePreset = keyof typeof TEMPLATE_PRESETS;

/** What is wrong with a template; sentences stand in the locales under `naming.problems`. */
export type TemplateProblem =
  | 'unknown-word'
  | 'unbalanced'
  | 'empty-component'
  | 'no-album'
  | 'no-title'
  | 'track-word-in-folder'
  | 'not-relative';

/** What a template gives, on the person's own albums. */
export interface NamingPreview {
  readonly problem: TemplateProblem | null;
  /** The word or part the problem is about. */
  readonly at: string | null;
  /** Relative paths of one track each of a few albums; empty with a problem. */
  readonly examples: readonly string[];
}
