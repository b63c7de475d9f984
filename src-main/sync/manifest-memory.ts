import { join } from 'node:path';
import type { LibraryFile, Placement, TrackDecision } from '../../src-preload/contract/library.ts';
import { DEFAULT_TEMPLATE } from '../../src-preload/contract/naming.ts';
import type { FileSystem } from '../files/file-system.ts';
import { folderOf } from '../files/layout.ts';
import {
  hasManifest,
  type Manifest,
  manifestStamp,
  readManifest,
  writeManifest,
} from '../files/manifest.ts';
import { pathKey } from '../files/names.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import { mergeManifest } from './manifest-merge.ts';

/** What a manifest is read and written with. */
export interface ManifestParts {
  readonly fs: FileSystem;
  readonly library: Pick<Library, 'files' | 'placements' | 'decisions' | 'roots' | 'settings'>;
}

/** The manifest as this database last read or wrote it, stored with its root. */
const SEEN = 'manifestSeen';

/**
 * Takes over from a root's manifest what this database does not know (architecture §5): all of it where the database was
 * lost, what another computer has added or replaced since, or what is newer than a backup. That it was read is noted
 * last: until then every opening reads it again, so that no process that ends in between leaves half of it behind.
 * Gives whether anything was new.
 */
export async function learnFromManifest(
  { fs, library }: ManifestParts,
  { id, path }: RootRow,
): Promise<boolean> {
  const stamp = await manifestStamp(fs, path);
  const seen = await library.settings.get('root', id, SEEN);
  const known = await library.roots.isManifestRead(id);
  if (known && seen === stamp && (await library.files.count(id)) > 0) return false;
  const manifest = await readManifest(fs, path);
  const said = manifest.files.map((file) => ({ ...file, rootId: id }));
  const rows = await library.files.list(id);
  const files = await mergeManifest(rows, said, async (relative) => {
    const there = await fs.lstat(join(path, relative)).catch(() => null);
    return there?.isFile() ? { bytes: there.size, modifiedMs: Math.floor(there.mtimeMs) } : null;
  });
  const placements = newPlacements(manifest, await library.placements.list(id));
  await library.placements.add(placements.map((each) => ({ ...each, rootId: id })));
  const decisions = await newDecisions(library, { id }, manifest, rows);
  // Before the files: one that is there takes the decision to leave its track out back.
  await library.decisions.put(decisions);
  await library.files.putMany(files.map((file) => ({ file, pathKey: pathKey(file.path) })));
  await library.roots.manifestRead(id);
  await library.settings.set('root', id, SEEN, stamp);
  return files.length + placements.length + decisions.length > 0;
}

/** What the manifest says was decided about tracks of which this database knows no decision, nor a file left out. */
async function newDecisions(
  { decisions }: ManifestParts['library'],
  { id }: Pick<RootRow, 'id'>,
  manifest: Manifest,
  rows: readonly LibraryFile[],
): Promise<readonly TrackDecision[]> {
  const trackOf = ({ albumId, trackId }: Pick<LibraryFile, 'albumId' | 'trackId'>) =>
    `${albumId}/${trackId}`;
  const decided = new Set((await decisions.list(id)).map(trackOf));
  const there = new Set(rows.map(trackOf));
  return manifest.decisions
    .filter((each) => !decided.has(trackOf(each)))
    .filter((each) => each.decision !== 'left-out' || !there.has(trackOf(each)))
    .map((each) => ({ ...each, rootId: id }));
}

/** Writes the manifest where it is behind the database, or is not there. */
export async function keepManifest(
  parts: ManifestParts,
  root: Pick<RootRow, 'id' | 'path'>,
): Promise<void> {
  const isBehind =
    (await parts.library.roots.isManifestStale(root.id)) ||
    !(await hasManifest(parts.fs, root.path));
  if (isBehind) await bringManifestUp(parts, root);
}

/** Writes the manifest as the database has it, and remembers that this one is ours. */
export async function bringManifestUp(
  { fs, library }: ManifestParts,
  { id, path }: Pick<RootRow, 'id' | 'path'>,
): Promise<void> {
  const decisions = await library.decisions.list(id);
  const placements = await library.placements.list(id);
  await writeManifest(fs, path, placements, await library.files.list(id), decisions);
  await library.roots.manifestWritten(id);
  await library.settings.set('root', id, SEEN, await manifestStamp(fs, path));
}

/**
 * The placements of albums that have none yet, as the manifest names them or, before manifests did, from where their
 * files stand: an album keeps its folder even when the shop has renamed it since
 * (docs/decisions/stable-placements.md).
 */
function newPlacements(
  { files, placements: named }: Manifest,
  placements: readonly Placement[],
): Omit<Placement, 'rootId'>[] {
  const placed = new Set(placements.map(({ albumId }) => albumId));
  const taken = new Set(placements.map(({ folder }) => pathKey(folder)));
  const added: Omit<Placement, 'rootId'>[] = [];
  const add = (placement: Omit<Placement, 'rootId'>) => {
    const key = pathKey(placement.folder);
    if (placed.has(placement.albumId) || taken.has(key)) return;
    placed.add(placement.albumId);
    taken.add(key);
    added.push(placement);
  };
  for (const each of named) add(each);
  const sides = { covers: true, booklets: true };
  for (const { albumId, path } of files) {
    const folder = folderOf(path);
    if (folder !== null) add({ albumId, folder, template: DEFAULT_TEMPLATE, sides });
  }
  return added;
}
