import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useMirror, useSurroundings } from '../../context.ts';
import { createPlayer, type Player, type PlayerState } from './player.ts';

const PlayerContext = createContext<Player | null>(null);

/** One player for all pages, so that music goes on while somebody looks elsewhere. */
export function PlayerProvider({ children }: { readonly children: ReactNode }) {
  const { trackAddress } = useSurroundings();
  const [player, setPlayer] = useState<Player | null>(null);
  const account = useMirror((mirror) => mirror.account?.id ?? null);
  useEffect(() => {
    const made = createPlayer(new Audio(), ({ albumId, id }) => trackAddress(albumId, id));
    setPlayer(made);
    return () => made.dispose();
  }, [trackAddress]);
  // Another account's library is another engine's: its tracks are not there any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the account only says "not the same any more"
  useEffect(() => () => player?.close(), [account, player]);
  return <PlayerContext value={player}>{children}</PlayerContext>;
}

/** The player; null only until the window is there. */
export const usePlayer = (): Player | null => useContext(PlayerContext);

const SILENT: PlayerState = {
  state: 'idle',
  tracks: [],
  index: 0,
  position: 0,
  duration: 0,
  volume: 1,
  muted: false,
};
const nothing = {
  getState: () => SILENT,
  getInitialState: () => SILENT,
  subscribe: () => () => {},
};

/** A part of what the player says. */
export function usePlayerState<Part>(select: (state: PlayerState) => Part): Part {
  const player = usePlayer();
  return useStore(player?.store ?? nothing, select);
}
