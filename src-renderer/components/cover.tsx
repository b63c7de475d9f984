import { IconVinyl } from '@tabler/icons-react';
import { useState } from 'react';
import type { AlbumId } from '../../src-preload/contract/ids.ts';
import type { CoverSize } from '../bridge.ts';
import { useSurroundings } from '../context.ts';
import styles from './cover.module.css';

interface CoverProps {
  readonly albumId: AlbumId;
  readonly hasCover: boolean;
  readonly size?: CoverSize;
}

/**
 * An album's cover in a square that keeps its size, with a quiet stand-in until it is there or when there
 * is none. Decorative: the title always stands beside it.
 */
export function Cover({ albumId, hasCover, size = 'small' }: CoverProps) {
  const { coverAddress } = useSurroundings();
  const address = hasCover ? coverAddress(albumId, size) : null;
  return (
    <div className={styles.cover}>
      <IconVinyl className={styles.standIn} stroke={1} aria-hidden="true" />
      {address !== null && <Picture key={address} address={address} />}
    </div>
  );
}

function Picture({ address }: { readonly address: string }) {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  if (state === 'failed') return null;
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
