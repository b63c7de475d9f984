import type { AlbumDetail } from '../../src-preload/contract/catalogue.ts';
import type { TrackId } from '../../src-preload/contract/ids.ts';
import type {
  LibraryFile,
  Refusal,
  SideChoice,
  TrackDecision,
} from '../../src-preload/contract/library.ts';
import type { FileProblem } from '../library/files.ts';
import type { AlbumList } from './album-lists.ts';
import type { DiskIndex } from './disk-index.ts';
import type { OwnedAlbum } from './ownership.ts';
import type { FormatWish } from './preference.ts';

/** What a look inside a file on disk found, as far as the plan needs it. */
export interface Found {
  /**
   * `whole`: it parses to its end, is as long as it should be and, where that is known, the audio that was saved.
   * `other`: just as good, but not the audio that was saved.
   */
  readonly audio: 'whole' | 'other' | 'damaged';
  /** The track whose Qobuz id stands in the tags of an undamaged file: it is provably that track. */
  readonly qobuzTrackId: TrackId | null;
}

/** Everything one album's plan depends on; nothing else does (architecture §1 law 5). */
export interface PlanInput {
  readonly owned: OwnedAlbum;
  readonly detail: AlbumDetail;
  /** Whether `detail` has all of the album's tracks. */
  readonly list: AlbumList['state'];
  /** The album's placement: its folder, and the naming template of its tracks. */
  readonly folder: string;
  readonly template: string;
  readonly preference: FormatWish;
  /** The side files that are wanted. */
  readonly sides: SideChoice;
  /** Those it was planned with last; null when nobody noted it. */
  readonly plannedSides: SideChoice | null;
  readonly rows: readonly LibraryFile[];
  /** What a verification found of files with a row, by path. */
  readonly findings: ReadonlyMap<string, FileProblem>;
  readonly disk: DiskIndex;
  /** Paths of files that somebody moved there since they were saved. */
  readonly moved: ReadonlySet<string>;
  /** Looks inside files, by the scan's path: those {@link pathsToInspect} named. */
  readonly found: ReadonlyMap<string, Found>;
  readonly refusals: ReadonlyMap<TrackId, Refusal>;
  /** What a person decided about single tracks of the album. */
  readonly decisions: ReadonlyMap<TrackId, TrackDecision>;
  readonly nowMs: number;
  readonly rootPath: string;
  readonly platform: NodeJS.Platform;
}
