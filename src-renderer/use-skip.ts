import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { displayAlbumTitle } from '../src-preload/contract/titles.ts';
import type { AlbumSummary } from '../src-preload/contract/views.ts';
import { useUndoNotice } from './components/undo-notice.tsx';
import { settle, useFormats, useSurroundings } from './context.ts';

/** Skips albums or takes that back, and offers to undo it. */
export function useSkip(): (albums: readonly AlbumSummary[], skip: boolean) => void {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge, report } = useSurroundings();
  const say = useUndoNotice();
  return useCallback(
    (albums: readonly AlbumSummary[], skip: boolean) => {
      // What already is as wanted stays so when it is undone.
      const changed = albums.filter((album) => (album.status === 'skipped') !== skip);
      const [first] = changed;
      if (first === undefined) return;
      const albumIds = changed.map(({ id }) => id);
      const ask = async (wanted: boolean): Promise<boolean> => {
        const reply = await settle(bridge.setSkipped({ albumIds, skip: wanted }));
        if (!reply.ok) report(reply.error);
        return reply.ok;
      };
      const count = changed.length;
      const words = { count, amount: formats.count(count), title: displayAlbumTitle(first) };
      void ask(skip).then((done) => {
        if (!done) return;
        say({
          id: 'skip',
          title: skip ? t('skip.done', words) : t('skip.undone', words),
          text: skip ? t('skip.text', { count }) : t('skip.undoneText', { count }),
          undo: () => void ask(!skip),
        });
      });
    },
    [bridge, report, say, t, formats],
  );
}
