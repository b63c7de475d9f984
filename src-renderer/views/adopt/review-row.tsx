import { Button, Checkbox } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  AdoptionFileRow,
  AdoptionFilter,
  AdoptionRow,
} from '../../../src-preload/contract/adoption.ts';
import { badgeOf } from '../../../src-preload/contract/format.ts';
import type { AlbumId } from '../../../src-preload/contract/ids.ts';
import { Cover } from '../../components/cover.tsx';
import { useFormats } from '../../context.ts';
import styles from './adopt.module.css';

/** Ticks the files of an album, or single ones. */
export type Ticker = (tick: {
  readonly albumId: AlbumId | null;
  readonly ids: number[] | null;
  readonly chosen: boolean;
}) => void;

/** Takes another copy in place of the file that has its track. */
export type Preference = (row: AdoptionFileRow) => void;

interface RowProps<Row> {
  readonly row: Row;
  readonly filter: AdoptionFilter;
  readonly onTick: Ticker;
}

/** An album that files were taken for: how much of it was found, and a box for all of them. */
export function AlbumHead({ row, onTick }: RowProps<Extract<AdoptionRow, { kind: 'album' }>>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { albumId, title, artist, year, hasCover, choosable, chosen } = row;
  return (
    <div className={styles.album}>
      <span className={styles.box}>
        {choosable > 0 && (
          <Checkbox
            aria-label={t('adopt.tickAlbum', { album: title })}
            checked={chosen === choosable}
            indeterminate={chosen > 0 && chosen < choosable}
            onChange={() => onTick({ albumId, ids: null, chosen: chosen < choosable })}
          />
        )}
      </span>
      <span className={styles.cover}>
        <Cover albumId={albumId} hasCover={hasCover} late />
      </span>
      <span className={styles.words}>
        <span className={styles.albumTitle}>{title}</span>
        <span className={styles.quiet}>{[artist, year].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={styles.count}>
        {t('adopt.albumCount', {
          found: formats.count(row.tracksFound),
          total: formats.count(row.tracksTotal),
        })}
      </span>
    </div>
  );
}

/** A folder with files that are taken for nothing. */
export function FolderHead({ row }: { readonly row: Extract<AdoptionRow, { kind: 'folder' }> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = { count: row.files, amount: formats.count(row.files) };
  return (
    <div className={styles.folderHead}>
      <IconFolder size={18} stroke={1.75} aria-hidden="true" />
      <span className={styles.path}>{row.path === '' ? t('adopt.here') : row.path}</span>
      <span className={styles.count}>{t('adopt.folderFiles', words)}</span>
    </div>
  );
}

/** One file: what it is taken for and why, where it is, and how good it is. */
export function FileRow({
  row,
  filter,
  onTick,
  onPrefer,
}: RowProps<AdoptionFileRow> & { readonly onPrefer: Preference }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = row.path.slice(row.path.lastIndexOf('/') + 1);
  const track = row.title === null ? null : trackName(row);
  return (
    <div className={styles.file} data-none={row.title === null || undefined} title={row.path}>
      <span className={styles.box}>
        {row.choosable && (
          <Checkbox
            aria-label={t('adopt.tickFile', { file: name })}
            checked={row.chosen}
            onChange={() => onTick({ albumId: null, ids: [row.id], chosen: !row.chosen })}
          />
        )}
      </span>
      <span className={styles.words}>
        <span className={styles.fileTitle}>{track ?? name}</span>
        <span className={styles.why} data-filter={filter}>
          {t(`adopt.why.${row.why}`)}
        </span>
        {track !== null && (
          <span className={styles.filePath}>
            <bdi>{row.path}</bdi>
          </span>
        )}
        {row.insteadOf !== null && (
          <span className={styles.filePath}>
            <bdi>{t('adopt.prefer.insteadOf', { path: row.insteadOf })}</bdi>
          </span>
        )}
      </span>
      {row.insteadOf !== null && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('adopt.prefer.oneOf', { file: row.path })}
          onClick={() => onPrefer(row)}
        >
          {t('adopt.prefer.one')}
        </Button>
      )}
      <span className={styles.quality}>
        <span>{useQuality()(row)}</span>
        {row.betterFormatId !== null && (
          <span className={styles.better}>
            {t('adopt.better', { format: badgeOf(row.betterFormatId).label })}
          </span>
        )}
      </span>
      <span className={styles.length}>
        {row.durationSeconds === null ? '' : formats.clock(Math.round(row.durationSeconds))}
      </span>
    </div>
  );
}

const trackName = ({ title, trackNumber, discNumber }: AdoptionFileRow): string =>
  `${discNumber !== null && discNumber > 1 ? `${discNumber}-` : ''}${trackNumber ?? ''} ${title}`;

/** The quality of a file as it says itself: `FLAC 24/96`, `MP3 192 kbit/s`. */
function useQuality(): (row: AdoptionFileRow) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ container, bitDepth, samplingRateKHz, kbps }) => {
    const kind = container.toUpperCase();
    if (container === 'mp3' && kbps !== null) {
      return `${kind} ${t('adopt.kbps', { kbps: formats.count(kbps) })}`;
    }
    if (bitDepth === null || samplingRateKHz === null) return kind;
    return bitDepth === 1 ? kind : `${kind} ${bitDepth}/${Number(samplingRateKHz.toFixed(1))}`;
  };
}
