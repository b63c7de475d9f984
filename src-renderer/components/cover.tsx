import { IconVinyl } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { CoverSize } from '../bridge.ts';
import { useSurroundings } from '../context.ts';
import styles from './cover.module.css';

interface CoverProps {
  readonly albumId: AlbumId;
  readonly hasCover: boolean;
  readonly size?: CoverSize;
  /** Whether it may be out of sight again at once, and is asked for only when it is not. */
  readonly late?: boolean;
}

/**
 * An album's cover in a square that keeps its size, with a quiet stand-in until it is there or when there
 * is none. Decorative: the title always stands beside it.
 */
export function Cover({ albumId, hasCover, size = 'small', late = false }: CoverProps) {
  const { coverAddress } = useSurroundings();
  const address = hasCover ? coverAddress(albumId, size) : null;
  return (
    <div className={styles.cover}>
      <IconVinyl className={styles.standIn} stroke={1} aria-hidden="true" />
      {address !== null && <Picture key={address} address={address} late={late} />}
    </div>
  );
}

/** So long a late picture has to stay, in milliseconds. */
const STAYS_MS = 100;

function Picture({ address, late }: { readonly address: string; readonly late: boolean }) {
  const [asked, setAsked] = useState(!late);
  useEffect(() => {
    if (asked) return;
    const timer = setTimeout(() => setAsked(true), STAYS_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  if (!asked || state === 'failed') return null;
  return (
    <img
      className={styles.image}
      data-shown={state === 'shown' || undefined}
      src={address}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onLoad={() => setState('shown')}
      onError={() => setState('failed')}
    />
  );
}
