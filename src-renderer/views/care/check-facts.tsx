import { useTranslation } from 'react-i18next';
import type { LastCheck } from '../../../src-preload/contract/views.ts';
import { useFormats, useMirror } from '../../context.ts';
import { useNow } from '../../use-now.ts';
import styles from './check.module.css';

/** Bytes a second that a hard disk reads, for an estimate before anything was measured. */
const PRESUMED_SPEED = 100_000_000;
const MINUTE_MS = 60_000;

/** When everything was checked last and what that found; how much there is to check, and about how long it takes. */
export function CheckFacts({ last }: { readonly last: LastCheck | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(MINUTE_MS);
  const albums = useMirror((mirror) => mirror.albums);
  let tracks = 0;
  let bytes = 0;
  for (const album of albums.values()) {
    tracks += album.tracksDone;
    bytes += album.bytes;
  }
  const speed =
    last && last.tookMs > 0 && last.bytes > 0 ? (last.bytes * 1000) / last.tookMs : null;
  const time = formats.span(bytes / (speed ?? PRESUMED_SPEED));
  return (
    <dl className={styles.tiles}>
      <div className={styles.tile}>
        <dt>{t('care.check.last')}</dt>
        <dd>
          {last ? formats.ago(last.endedAtMs, now) : t('care.check.never')}
          {last && <span className={styles.tileMore}>{<Outcome last={last} />}</span>}
        </dd>
      </div>
      <div className={styles.tile}>
        <dt>{t('care.check.toCheck')}</dt>
        <dd>
          {t('care.check.amount', { count: tracks, amount: formats.count(tracks) })}
          <span className={styles.tileMore}>
            {t('care.check.about', { size: formats.bytes(bytes), time })}
          </span>
        </dd>
      </div>
    </dl>
  );
}

function Outcome({ last }: { readonly last: LastCheck }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const found = last.missing + last.damaged + last.changed;
  return found === 0
    ? t('verify.fine', { count: last.files, amount: formats.count(last.files) })
    : t('care.check.lastFound', { count: found, amount: formats.count(found) });
}
