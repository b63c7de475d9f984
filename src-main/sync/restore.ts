import { join } from 'node:path';
import { z } from 'zod';
import { trackId } from '../../src-preload/contract/ids.ts';
import type { LibraryFile } from '../../src-preload/contract/library.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { AudioPool } from '../audio/pool.ts';
import { CratefulError } from '../errors.ts';
import { commitFile } from '../files/commit.ts';
import { type FileSystem, ifThere, replaceContents } from '../files/file-system.ts';
import { fileSchema } from '../files/manifest.ts';
import { isContainedPath, pathKey } from '../files/names.ts';
import { isThere } from '../files/relocate.ts';
import { removeSetAside, type SetAsideEntry, setFileAside } from '../files/set-aside.ts';
import { WORK_FOLDER } from '../files/work-folder.ts';
import type { Library } from '../library/library.ts';
import type { RootRow } from '../library/roots.ts';
import type { Clock } from '../ports.ts';
import { offerOf } from './editions.ts';
import { judgeAudio } from './look-inside.ts';
import type { Overrides } from './overrides.ts';
import { entitlementOf } from './ownership.ts';
import { wantsOtherFormat } from './plan.ts';
import { formatOfFile } from './preference.ts';
import type { Shelf } from './shelf.ts';

/** What bringing files back works with. */
export interface RestoreParts {
  readonly fs: FileSystem;
  readonly library: Library;
  readonly audio: Pick<AudioPool, 'hash' | 'inspect'>;
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly overrides: Pick<Overrides, 'of'>;
  readonly settings: () => Settings;
  readonly newId: () => string;
  readonly cratefulVersion: string;
}

type Root = Pick<RootRow, 'id' | 'path'>;

/** In the root while a file is on its way back: what a killed process left is finished from it. */
const JOURNAL = `${WORK_FOLDER}/restoring.json`;

const journalSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  path: z.string().refine(isContainedPath),
  storedPath: z.string().refine(isContainedPath),
  noted: z.boolean(),
  title: z.string(),
  artist: z.string(),
  albumTitle: z.string(),
  row: fileSchema.nullable(),
  displaced: z.array(fileSchema),
});
type Journal = Omit<z.output<typeof journalSchema>, 'v'>;

/**
 * Brings a file of the store back to where it stood, with the receipt it had. What of ours stands there now, or is the
 * same track under another name, is set aside in its turn, so that this can be undone too. The next sync leaves it.
 *
 * Throws `SET_ASIDE_DAMAGED` for one that is no longer what was set aside, `PATH_OCCUPIED` where somebody else's file
 * stands in its place, and disk faults.
 */
export async function restoreEntry(
  parts: RestoreParts,
  root: Root,
  entry: SetAsideEntry,
): Promise<void> {
  const { note } = entry;
  const stored = join(root.path, entry.storedPath);
  if (note?.sha256) {
    const { sha256 } = await parts.audio.hash(stored);
    if (sha256 !== note.sha256) throw new CratefulError('SET_ASIDE_DAMAGED', { path: entry.path });
  }
  const row = note ? note.row : await rowByTags(parts, root, entry);
  const own = row && { ...row, rootId: root.id, path: entry.path };
  const journal: Journal = {
    id: entry.id,
    path: entry.path,
    storedPath: entry.storedPath,
    noted: note !== null,
    title: note?.title ?? entry.path.slice(entry.path.lastIndexOf('/') + 1),
    artist: note?.artist ?? '',
    albumTitle: note?.albumTitle ?? '',
    row: own,
    displaced: await inTheWay(parts, root, entry.path, own),
  };
  const versioned = (file: LibraryFile) => ({ v: 1, ...file });
  const text = JSON.stringify({
    ...journal,
    v: 1,
    row: own && versioned(own),
    displaced: journal.displaced.map(versioned),
  });
  await replaceContents(parts.fs, join(root.path, JOURNAL), [`${text}\n`]);
  await carryOut(parts, root, journal);
}

/** Finishes what a killed process left of bringing a file back. */
export async function finishRestore(parts: RestoreParts, root: Root): Promise<void> {
  const text = await ifThere(parts.fs.readFile(join(root.path, JOURNAL), 'utf8'));
  if (text === null) return;
  const journal = readJournal(text);
  if (journal) await carryOut(parts, root, journal);
  else await parts.fs.rm(join(root.path, JOURNAL), { force: true });
}

function readJournal(text: string): Journal | null {
  try {
    return journalSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON: nothing was moved before it was whole on the disk.
    return null;
  }
}

/** Every step is one that may have been made already. */
async function carryOut(parts: RestoreParts, root: Root, journal: Journal): Promise<void> {
  const { fs, library } = parts;
  const { id, path, storedPath, row } = journal;
  const rootPath = root.path;
  const hash = (file: string) => parts.audio.hash(file);
  const stored = join(rootPath, storedPath);
  if (await isThere(fs, stored)) {
    for (const each of journal.displaced) {
      if (!(await isThere(fs, join(rootPath, each.path)))) continue;
      const { title, artist, albumTitle } = journal;
      const words = { title, artist, albumTitle, row: each, path: each.path };
      const what = { id: parts.newId(), reason: 'restored' as const, ...words };
      await setFileAside({ fs, rootPath, clock: parts.clock, hash }, what);
    }
    const named = { from: stored, targetPath: path, setAside: null };
    await commitFile(fs, { rootPath, clock: parts.clock, ...named });
  }
  const saved = await ifThere(fs.stat(join(rootPath, path)));
  if (saved && row) {
    const file = { ...row, bytes: saved.size, modifiedMs: Math.floor(saved.mtimeMs) };
    await library.files.put(file, pathKey(path));
    await decide(parts, file);
    parts.shelf.fileSaved(file);
  }
  const entry = { id, path, storedPath, bytes: 0, atMs: 0 };
  await removeSetAside(fs, rootPath, [{ ...entry, isNoted: journal.noted }]);
  await fs.rm(join(rootPath, JOURNAL), { force: true });
}

/** A file of the user's choice stays where a sync would replace it, and is offered nothing it could be offered now. */
async function decide(parts: RestoreParts, file: LibraryFile): Promise<void> {
  const { library, shelf } = parts;
  const { rootId, albumId, trackId } = file;
  if (trackId === null) return;
  const owned = shelf.owned(albumId);
  const entitlement = owned && entitlementOf(owned, trackId);
  if (!owned || !entitlement) return;
  const wish = parts.overrides.of(albumId).formatId ?? parts.settings().preference;
  const rows = (await library.files.byAlbum(rootId, albumId)).filter((each) => each.trackId);
  const offer = offerOf({
    ...{ wish, entitlement, album: owned.album, row: file, rows },
    ...{ refusal: null, decision: null, replacedBySync: false, nowMs: parts.clock.now() },
  });
  if (offer || wantsOtherFormat(wish, entitlement, file)) {
    const decision = { decision: 'keep-this', offer: offer?.key ?? null } as const;
    await library.decisions.put([{ rootId, albumId, trackId, ...decision }]);
  } else await library.decisions.remove(rootId, albumId, [trackId]);
}

/** Our files that stand where one comes back. Throws `PATH_OCCUPIED` for anybody else's. */
async function inTheWay(
  parts: RestoreParts,
  root: Root,
  path: string,
  row: LibraryFile | null,
): Promise<LibraryFile[]> {
  const { fs, library } = parts;
  const displaced: LibraryFile[] = [];
  const there = await isThere(fs, join(root.path, path));
  const standing = there ? await library.files.atPath(root.id, pathKey(path)) : null;
  const isSame =
    standing !== null &&
    standing.albumId === row?.albumId &&
    standing.trackId === row.trackId &&
    standing.kind === row.kind;
  if (there && !(isSame && (await isStillOurs(parts, root, standing)))) {
    throw new CratefulError('PATH_OCCUPIED', { path });
  }
  if (there && standing) displaced.push(standing);
  if (!row || row.trackId === null) return displaced;
  const rows = await library.files.byAlbum(root.id, row.albumId);
  const other = rows.find((each) => each.trackId === row.trackId);
  if (!other || pathKey(other.path) === pathKey(path)) return displaced;
  const isOurs =
    (await isThere(fs, join(root.path, other.path))) && (await isStillOurs(parts, root, other));
  return isOurs ? [...displaced, other] : displaced;
}

/** Whether the file under a row's name is the row's, and not another whole one that somebody put there. */
export async function isStillOurs(
  { fs, audio }: Pick<RestoreParts, 'fs' | 'audio'>,
  root: Root,
  row: LibraryFile,
): Promise<boolean> {
  const path = join(root.path, row.path);
  if ((await fs.stat(path)).size === row.bytes) return true;
  if (row.kind !== 'track') return false;
  return judgeAudio(row, await audio.inspect(path), null) !== 'other';
}

/** The row of a file that lies in the store without a note, where its tags name a track of the library. */
async function rowByTags(
  { library, audio, cratefulVersion }: RestoreParts,
  root: Root,
  entry: SetAsideEntry,
): Promise<LibraryFile | null> {
  const stored = join(root.path, entry.storedPath);
  const seen = await audio.inspect(stored).catch(() => null);
  if (!seen?.whole || seen.qobuzTrackId === null) return null;
  const [known] = await library.files.byTrack(root.id, trackId(seen.qobuzTrackId));
  if (!known) return null;
  const { sha256, bytes } = await audio.hash(stored);
  const { samplingRateKHz, bitDepth, audioHash, durationSeconds } = seen;
  const formatId = formatOfFile(null, seen, seen);
  const receipt = {
    ...{ sha256, bytes, audioHash, durationSeconds, samplingRateKHz, bitDepth, cratefulVersion },
    requestedFormatId: formatId,
    servedFormatId: formatId,
    refusedFormats: [],
  };
  return { ...known, path: entry.path, bytes, modifiedMs: entry.atMs, receipt };
}
