import { IconVinyl } from '@tabler/icons-react';
import { useState } from 'react';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import { useSurroundings } from '../context.ts';
import styles from './cover.module.css';

interface CoverProps {
  readonly albumId: AlbumId;
  readonly hasCover: boolean;
}

/**
 * An album's cover in a square that keeps its size, with a quiet stand-in until it is there or when there
 * is none. Decorative: the title always stands beside it.
 */
export function Cover({ albumId, hasCover }: CoverProps) {
  const { coverAddress } = useSurroundings();
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const address = hasCover && state !== 'failed' ? coverAddress(albumId) : null;
  return (
    <div className={styles.cover}>
      <IconVinyl className={styles.standIn} stroke={1} aria-hidden="true" />
      {address !== null && (
        <img
          key={address}
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
      )}
    </div>
  );
}
