import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ALBUM_STATUSES } from '../../../src-preload/contract/states.ts';
import { useFormats } from '../../context.ts';
import {
  FORMAT_GROUPS,
  type LibraryCounts,
  type LibraryFilter,
  NO_FILTER,
  presetOf,
} from '../../store/library.ts';
import styles from './head.module.css';

interface FilterMenuProps {
  readonly filter: LibraryFilter;
  readonly counts: LibraryCounts;
  readonly onChange: (filter: LibraryFilter) => void;
}

const without = <Item,>(items: readonly Item[], item: Item): readonly Item[] =>
  items.includes(item) ? items.filter((each) => each !== item) : [...items, item];

/** Every status and kind of format, to be chosen one by one. */
export function FilterMenu({ filter, counts, onChange }: FilterMenuProps) {
  const { t } = useTranslation();
  // A preset shows that it is chosen by itself.
  const chosen = (presetOf(filter) === null ? filter.statuses.length : 0) + filter.formats.length;
  return (
    <Popover position="bottom-end" trapFocus withinPortal shadow="md" radius="md">
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className={`${styles.tool} ${styles.filter}`}
          data-active={chosen > 0 || undefined}
          leftSection={<IconFilter size={16} stroke={1.9} />}
          aria-label={
            chosen > 0
              ? t('library.filterMenu.active', { count: chosen })
              : t('library.filterMenu.label')
          }
        >
          <span className={styles.toolName}>{t('library.filterMenu.label')}</span>
          {chosen > 0 && <span className={styles.chosen}>{chosen}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('library.filterMenu.label')} className={styles.menu}>
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('library.filterMenu.status')}</legend>
          {ALBUM_STATUSES.filter(
            (status) => counts.statuses[status] > 0 || filter.statuses.includes(status),
          ).map((status) => (
            <Choice
              key={status}
              label={t(`library.statuses.${status}`)}
              count={counts.statuses[status]}
              checked={filter.statuses.includes(status)}
              onChange={() => onChange({ ...filter, statuses: without(filter.statuses, status) })}
            />
          ))}
        </fieldset>
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('library.filterMenu.format')}</legend>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('library.filterMenu.of')}
            value={filter.formatsOf}
            onChange={(value) =>
              onChange({ ...filter, formatsOf: value === 'disk' ? 'disk' : 'bought' })
            }
            data={[
              { value: 'bought', label: t('library.filterMenu.bought') },
              { value: 'disk', label: t('library.filterMenu.disk') },
            ]}
          />
          {FORMAT_GROUPS.map((group) => (
            <Choice
              key={group}
              label={t(`library.formats.${group}`)}
              count={counts.formats[group]}
              checked={filter.formats.includes(group)}
              onChange={() => onChange({ ...filter, formats: without(filter.formats, group) })}
            />
          ))}
        </fieldset>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={filter.statuses.length + filter.formats.length === 0}
          onClick={() => onChange({ ...NO_FILTER, formatsOf: filter.formatsOf })}
        >
          {t('library.filterMenu.clear')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly count: number;
  readonly checked: boolean;
  readonly onChange: () => void;
}

function Choice({ label, count, checked, onChange }: ChoiceProps) {
  const formats = useFormats();
  return (
    <Checkbox
      size="sm"
      classNames={{ body: styles.choice, labelWrapper: styles.choiceLabel }}
      label={
        <span className={styles.choiceWords}>
          <span>{label}</span>
          <span className={styles.count}>{formats.count(count)}</span>
        </span>
      }
      checked={checked}
      onChange={onChange}
    />
  );
}
