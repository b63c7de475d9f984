import { Button, VisuallyHidden } from '@mantine/core';
import { IconCloudOff, IconMusicOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ADOPTION_FILTERS,
  type AdoptionFilter,
  type AdoptionView,
} from '../../../src-preload/contract/adoption.ts';
import { Empty } from '../../components/empty.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './adopt.module.css';
import { AdoptWays } from './adopt-ways.tsx';
import { ReviewList } from './review-list.tsx';
import type { Preference, Ticker } from './review-row.tsx';

const CHOOSABLE: ReadonlySet<AdoptionFilter> = new Set(['sure', 'likely', 'damaged']);

/** What was found, by how sure it is; what is ticked is taken over. */
export function AdoptReview({ adoption }: { readonly adoption: AdoptionView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const { counts, chosen, revision, albumsNotCompared } = adoption;
  const [filter, setFilter] = useState<AdoptionFilter>(
    () => ADOPTION_FILTERS.find((each) => counts[each] > 0) ?? 'sure',
  );
  const [deciding, setDeciding] = useState(false);
  const choose = useCall(bridge.chooseAdoption);
  const prefer = useCall(bridge.preferAdoption);
  const [preferred, setPreferred] = useState<string | null>(null);
  const take: Preference = async ({ id, path }) => {
    if ((await prefer.start({ id })) !== undefined) setPreferred(path);
  };
  const tick: Ticker = (what) => void choose.start({ filter, ...what });
  const facts = (['known', 'otherKinds', 'passedOver'] as const).filter(
    (name) => adoption[name] > 0,
  );
  const isEmpty = ADOPTION_FILTERS.every((each) => counts[each] === 0);
  const amount = (count: number) => ({ count, amount: formats.count(count) });
  return (
    <>
      {albumsNotCompared > 0 && (
        <div className={styles.block}>
          <Notice
            tone="warn"
            icon={<IconCloudOff size={20} stroke={1.75} />}
            title={t('adopt.offline', amount(albumsNotCompared))}
          />
        </div>
      )}
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((name) => (
            <li key={name}>{t(`adopt.facts.${name}`, amount(adoption[name]))}</li>
          ))}
        </ul>
      )}
      {isEmpty ? (
        <Empty
          icon={<IconMusicOff size={32} stroke={1.4} />}
          title={t('adopt.nothing.title')}
          text={t('adopt.nothing.text')}
        />
      ) : (
        <>
          <fieldset className={styles.filters}>
            <legend className={styles.legend}>{t('adopt.filters.label')}</legend>
            {ADOPTION_FILTERS.map((each) => (
              <button
                key={each}
                type="button"
                className={styles.filter}
                aria-pressed={each === filter}
                onClick={() => setFilter(each)}
              >
                {t(`adopt.filters.${each}`)}
                <span className={styles.filterCount}>{formats.count(counts[each])}</span>
              </button>
            ))}
          </fieldset>
          <div className={styles.about}>
            <p className={styles.aboutText}>{t(`adopt.filterTexts.${filter}`)}</p>
            {CHOOSABLE.has(filter) && counts[filter] > 0 && (
              <span className={styles.aboutActions}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => tick({ albumId: null, ids: null, chosen: true })}
                >
                  {t('adopt.tickAll')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => tick({ albumId: null, ids: null, chosen: false })}
                >
                  {t('adopt.tickNone')}
                </Button>
              </span>
            )}
          </div>
          <ReviewList
            key={filter}
            filter={filter}
            revision={revision}
            onTick={tick}
            onPrefer={take}
          />
          <VisuallyHidden role="status">
            {preferred !== null && t('adopt.prefer.done', { file: preferred })}
          </VisuallyHidden>
          <div className={styles.foot}>
            <p className={styles.footText} role="status">
              {chosen.files === 0
                ? t('adopt.summary.none')
                : [
                    t('adopt.summary.chosen', amount(chosen.files)),
                    t('adopt.summary.albums', amount(chosen.albums)),
                    formats.bytes(chosen.bytes),
                    ...(chosen.fresh > 0 ? [t('adopt.summary.fresh', amount(chosen.fresh))] : []),
                  ].join(' · ')}
            </p>
            <Button disabled={chosen.files === 0} onClick={() => setDeciding(true)}>
              {t('adopt.summary.next')}
            </Button>
          </div>
        </>
      )}
      <AdoptWays adoption={adoption} opened={deciding} onClose={() => setDeciding(false)} />
    </>
  );
}
