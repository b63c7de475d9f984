import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import type { Formats } from '../../../src-preload/contract/format.ts';
import { formatName } from '../../../src-preload/contract/formats.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { FormatBadges } from '../../components/format-badges.tsx';
import { useFormats } from '../../context.ts';
import styles from './album.module.css';

interface AlbumFactsProps {
  readonly summary: AlbumSummary;
  readonly album: AlbumView | null;
}

/** What is known of an album, as far as it is known. */
export function AlbumFacts({ summary, album }: AlbumFactsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const count = album?.tracks.length ?? summary.tracksTotal;
  const length = [
    t('album.tracks', { count, amount: formats.count(count) }),
    album !== null && album.discCount > 1 && t('album.discCount', { count: album.discCount }),
    album !== null && album.durationSeconds > 0 && formats.span(album.durationSeconds),
  ].filter(Boolean);
  return (
    <dl className={styles.facts} aria-label={t('album.factsLabel')}>
      <Fact name={t('album.facts.released')}>
        {releaseWords(album?.releaseDate ?? summary.year, formats)}
      </Fact>
      <Fact name={t('album.facts.label')}>{summary.label}</Fact>
      <Fact name={t('album.facts.genres')}>{album?.genres.join(', ')}</Fact>
      <Fact name={t('album.facts.length')}>{length.join(' · ')}</Fact>
      <Fact name={t('album.facts.bought')}>{formats.date(summary.purchasedAt)}</Fact>
      <Fact name={t('album.facts.formats')}>
        {summary.formatIds.length > 0 && <FormatBadges formatIds={summary.formatIds} />}
      </Fact>
      {album?.chosenFormatId != null && (
        <Fact name={t('album.facts.chosen')}>{formatName(album.chosenFormatId)}</Fact>
      )}
      <Fact name={t('album.facts.onDisk')}>
        {summary.tracksDone === 0 ? (
          t('album.nothingOnDisk')
        ) : (
          <span className={styles.onDiskFact}>
            <FormatBadges formatIds={summary.servedFormatIds} />
            {formats.bytes(summary.bytes)}
          </span>
        )}
      </Fact>
      <Fact name={t('album.facts.folder')} wide>
        {album?.folder}
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  /** Takes two columns where there are more than two. */
  readonly wide?: true;
  readonly children: ReactNode;
}

function Fact({ name, wide, children }: FactProps) {
  if (children === null || children === undefined || children === '' || children === false) {
    return null;
  }
  return (
    <div className={styles.fact} data-wide={wide}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A day where the service names one, else the year. */
function releaseWords(date: string | null, formats: Formats): string | null {
  if (date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  // Noon, so that no time zone makes another day of it.
  return formats.date(Date.parse(`${date}T12:00:00`) / 1000);
}
