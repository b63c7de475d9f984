import { asCratefulError, CratefulError } from '../errors.ts';

/** Names a fault of SQLite or of the file under it. */
export function databaseError(error: unknown): CratefulError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new CratefulError('DATABASE_DAMAGED', {}, error);
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new CratefulError('DATABASE_BUSY', {}, error);
  if (/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/.test(code)) {
    return new CratefulError('DISK_FULL', { neededBytes: 0, freeBytes: 0 }, error);
  }
  if (/^SQLITE_IOERR|^EIO$/.test(code)) return new CratefulError('DISK_FAILED', {}, error);
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)|^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST)$/.test(code)) {
    return new CratefulError('PATH_NOT_WRITABLE', {}, error);
  }
  return asCratefulError(error);
}
