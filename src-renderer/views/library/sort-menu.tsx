import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { firstOrder, type LibrarySort, type SortKey } from '../../store/library.ts';
import styles from './head.module.css';

/** What covers are sorted by; the table's headings offer the other columns too. */
const KEYS: readonly SortKey[] = ['bought', 'artist', 'title', 'year', 'size'];

const RELEVANCE = 'relevance';

const directionOf = ({ descending }: LibrarySort) => (descending ? 'descending' : 'ascending');

interface SortMenuProps {
  /** Null for "best match", which only a search has. */
  readonly sort: LibrarySort | null;
  readonly searching: boolean;
  readonly onChange: (sort: LibrarySort | null) => void;
}

/** Chooses the order of the covers. */
export function SortMenu({ sort, searching, onChange }: SortMenuProps) {
  const { t } = useTranslation();
  const Direction = sort?.descending === true ? IconArrowDown : IconArrowUp;
  const direction = sort === null ? '' : t(`library.sort.${directionOf(sort)}`);
  const key = t(sort === null ? 'library.sort.relevance' : `library.columns.${sort.key}`);
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          className={styles.tool}
          aria-label={
            sort === null
              ? t('library.sort.by', { key })
              : `${t('library.sort.by', { key })}, ${direction}`
          }
          leftSection={sort === null ? null : <Direction size={16} stroke={1.9} />}
        >
          {key}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('library.sort.label')}>
        <Menu.RadioGroup
          value={sort?.key ?? RELEVANCE}
          onChange={(value) => {
            const chosen = KEYS.find((each) => each === value);
            onChange(chosen === undefined ? null : firstOrder(chosen));
          }}
        >
          {searching && (
            <Menu.RadioItem value={RELEVANCE}>{t('library.sort.relevance')}</Menu.RadioItem>
          )}
          {KEYS.map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {t(`library.columns.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.RadioGroup
          value={sort === null ? '' : directionOf(sort)}
          onChange={(value) =>
            sort !== null && onChange({ ...sort, descending: value === 'descending' })
          }
        >
          {(['ascending', 'descending'] as const).map((each) => (
            <Menu.RadioItem key={each} value={each} disabled={sort === null}>
              {t(`library.sort.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
