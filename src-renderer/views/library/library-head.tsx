import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import {
  LIBRARY_PRESETS,
  type LibraryCounts,
  type LibraryFilter,
  type LibrarySort,
  PRESET_STATUSES,
  presetOf,
} from '../../store/library.ts';
import { useCall } from '../../use-call.ts';
import { FilterMenu } from './filter-menu.tsx';
import { Freshness } from './freshness.tsx';
import styles from './head.module.css';
import { SearchField } from './search-field.tsx';
import { SortMenu } from './sort-menu.tsx';

interface LibraryHeadProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onLeaveSearch: () => void;
  /** What is shown was found by these words; null without a search. */
  readonly query: string | null;
  readonly hits: number;
  readonly filter: LibraryFilter;
  readonly counts: LibraryCounts;
  readonly onFilter: (filter: LibraryFilter) => void;
  readonly sort: LibrarySort | null;
  readonly onSort: (sort: LibrarySort | null) => void;
}

/** What the library holds, and the ways to find something in it. */
export function LibraryHead(props: LibraryHeadProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const view = useMirror(({ settings }) => settings.libraryView);
  const update = useCall(bridge.updateSettings);
  const { typed, query, hits, filter, counts, sort } = props;
  const found =
    query === null
      ? ''
      : t('library.search.hits', { count: hits, amount: formats.count(hits), query });
  return (
    <div className={styles.head}>
      <div>
        <div className={styles.top}>
          <h1 className={styles.title}>{t('library.title')}</h1>
          <SearchField value={typed} onChange={props.onType} onLeave={props.onLeaveSearch} />
        </div>
        {query === null ? <Freshness /> : <p className={styles.found}>{found}</p>}
        <VisuallyHidden role="status">{found}</VisuallyHidden>
      </div>
      <div className={styles.tools}>
        <SegmentedControl
          value={presetOf(filter) ?? ''}
          aria-label={t('library.filter')}
          withItemsBorders={false}
          onChange={(value) => {
            const preset = LIBRARY_PRESETS.find((each) => each === value);
            if (preset !== undefined) {
              props.onFilter({ ...filter, statuses: PRESET_STATUSES[preset] });
            }
          }}
          data={LIBRARY_PRESETS.map((preset) => ({
            value: preset,
            label: (
              <span className={styles.preset}>
                {t(`library.filters.${preset}`)}
                <span className={styles.count}>{formats.count(counts.presets[preset])}</span>
              </span>
            ),
          }))}
        />
        <div className={styles.right}>
          <FilterMenu filter={filter} counts={counts} onChange={props.onFilter} />
          <SortMenu sort={sort} searching={query !== null} onChange={props.onSort} />
          <SegmentedControl
            value={view}
            aria-label={t('library.view.label')}
            withItemsBorders={false}
            onChange={(value) =>
              void update.start({ libraryView: value === 'table' ? 'table' : 'grid' })
            }
            data={(['grid', 'table'] as const).map((value) => {
              const Icon = value === 'grid' ? IconLayoutGrid : IconList;
              return {
                value,
                label: (
                  <span className={styles.view} title={t(`library.view.${value}`)}>
                    <Icon size={17} stroke={1.8} aria-hidden="true" />
                    <VisuallyHidden>{t(`library.view.${value}`)}</VisuallyHidden>
                  </span>
                ),
              };
            })}
          />
        </div>
      </div>
    </div>
  );
}
