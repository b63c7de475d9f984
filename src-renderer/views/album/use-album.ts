import { useEffect, useState } from 'react';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import type { ErrorView } from '../../../src-preload/contract/error-codes.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { settle, useMirror, useSurroundings } from '../../context.ts';

/** What is known of an album beyond its summary. */
export interface KnownAlbum {
  /** Null until it was answered; what was known stays while it is asked for again. */
  readonly album: AlbumView | null;
  readonly fault: ErrorView | null;
  readonly again: () => void;
}

const NO_JOBS: readonly JobView[] = [];

/** Asks for an album's page, and again whenever something about it may have changed. */
export function useAlbum(albumId: AlbumId): KnownAlbum {
  const { bridge } = useSurroundings();
  const summary = useMirror((mirror) => mirror.albums.get(albumId));
  const jobs = useMirror((mirror) => mirror.jobs.get(albumId) ?? NO_JOBS);
  const verify = useMirror(({ verify: check }) =>
    check?.albumIds.includes(albumId) === true ? check.state : null,
  );
  const [known, setKnown] = useState<Omit<KnownAlbum, 'again'>>({ album: null, fault: null });
  const [tries, setTries] = useState(0);
  const revision = [
    summary?.status,
    summary?.tracksDone,
    summary?.bytes,
    ...jobs.map((job) => job.state),
    verify,
    tries,
  ].join('/');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision only says "ask again"
  useEffect(() => {
    let current = true;
    void settle(bridge.getAlbum({ albumId })).then((reply) => {
      if (!current) return;
      setKnown((old) =>
        reply.ok ? { album: reply.value, fault: null } : { album: old.album, fault: reply.error },
      );
    });
    return () => {
      current = false;
    };
  }, [bridge, albumId, revision]);
  return { ...known, again: () => setTries((count) => count + 1) };
}
