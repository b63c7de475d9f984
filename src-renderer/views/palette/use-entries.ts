import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { settle, useMirror, useSurroundings } from '../../context.ts';
import { sectionOf } from '../settings/setting-list.ts';
import { beginsWords } from './begins-words.ts';
import { type Command, commandsNow } from './commands.ts';

/** One line of the palette. */
export interface Entry {
  readonly key: string;
  readonly group: 'action' | 'page' | 'setting' | 'album';
  readonly name: string;
  /** Where it belongs, said quietly. */
  readonly note: string;
  readonly target: Command | { readonly kind: 'album'; readonly album: AlbumSummary };
}

const MOST_ALBUMS = 20;
const REST_MS = 120;

/** What fits the words typed: actions and pages first, then albums, then settings. */
export function useEntries(query: string): readonly Entry[] {
  const commands = useCommandEntries();
  const albums = useAlbumEntries(query);
  return useMemo(() => {
    if (query.trim() === '') return commands.filter(({ group }) => group !== 'setting');
    const fitting = commands.filter(({ name, note }) => beginsWords(query, `${name} ${note}`));
    return [
      ...fitting.filter(({ group }) => group !== 'setting'),
      ...albums,
      ...fitting.filter(({ group }) => group === 'setting'),
    ];
  }, [commands, albums, query]);
}

function useCommandEntries(): readonly Entry[] {
  const { t } = useTranslation();
  const mirror = useMirror((whole) => whole);
  return useMemo(() => {
    const wordsOf = (command: Command): Pick<Entry, 'name' | 'note'> => {
      switch (command.kind) {
        case 'action':
          return { name: t(`palette.actions.${command.id}`), note: '' };
        case 'page':
          return { name: t(`nav.${command.id}`), note: '' };
        case 'setting':
          return {
            name: t(`settings.items.${command.id}.name`),
            note: t(`settings.sections.${sectionOf(command.id)}`),
          };
      }
    };
    return commandsNow(mirror).map((command) => ({
      key: `${command.kind}-${command.id}`,
      group: command.kind,
      target: command,
      ...wordsOf(command),
    }));
  }, [mirror, t]);
}

/** Albums the library's search finds; the answer to words that were typed over is dropped. */
function useAlbumEntries(query: string): readonly Entry[] {
  const { bridge } = useSurroundings();
  const albums = useMirror((mirror) => mirror.albums);
  const [found, setFound] = useState<readonly AlbumId[]>([]);
  const turn = useRef(0);
  const ask = useCallback(
    async (wanted: string) => {
      const mine = ++turn.current;
      if (wanted === '') return setFound([]);
      const reply = await settle(bridge.searchLibrary({ query: wanted }));
      if (mine === turn.current && reply.ok) setFound(reply.value.albumIds.slice(0, MOST_ALBUMS));
    },
    [bridge],
  );
  useEffect(() => {
    const timer = setTimeout(() => void ask(query.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [ask, query]);
  return useMemo(
    () =>
      found.flatMap((id): Entry[] => {
        const album = albums.get(id);
        if (album === undefined) return [];
        const version = album.version === null ? '' : ` (${album.version})`;
        return [
          {
            key: `album-${id}`,
            group: 'album',
            name: `${album.title}${version}`,
            note: album.artist,
            target: { kind: 'album', album },
          },
        ];
      }),
    [found, albums],
  );
}
