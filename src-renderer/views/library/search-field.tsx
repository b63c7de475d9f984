import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../context.ts';
import { useSearchFocus } from '../../navigation.ts';
import styles from './head.module.css';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Down and Enter go from the words to what they found. */
  readonly onLeave: () => void;
}

/** Searches artists, titles, tracks and labels; Escape empties it. */
export function SearchField({ value, onChange, onLeave }: SearchFieldProps) {
  const { t } = useTranslation();
  const field = useSearchFocus(useNavigation());
  return (
    <TextInput
      ref={field}
      type="search"
      className={styles.search}
      aria-label={t('library.search.label')}
      placeholder={t('library.search.placeholder')}
      leftSection={<IconSearch size={16} stroke={1.9} />}
      rightSection={
        value !== '' && (
          <CloseButton
            size="sm"
            aria-label={t('library.search.clear')}
            onClick={() => {
              onChange('');
              field.current?.focus();
            }}
          />
        )
      }
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.preventDefault();
          event.stopPropagation();
          onChange('');
        } else if (event.key === 'ArrowDown' || (event.key === 'Enter' && value !== '')) {
          event.preventDefault();
          onLeave();
        }
      }}
    />
  );
}
