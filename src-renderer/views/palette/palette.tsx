import { Modal, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settle, useFormats, useNavigation, useSurroundings } from '../../context.ts';
import { goTo, openAlbum, usePlace } from '../../navigation.ts';
import { useDiagnostics } from '../settings/use-diagnostics.ts';
import { type CommandTools, carryOut } from './commands.ts';
import { EntryRow } from './entry-row.tsx';
import styles from './palette.module.css';
import { type Entry, useEntries } from './use-entries.ts';

/** The command palette: albums, actions, pages and settings by name, over whatever page is open. */
export function Palette() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const opened = usePlace(navigation, ({ overlay }) => overlay === 'palette');
  return (
    <Modal.Root
      opened={opened}
      onClose={() => navigation.setState({ overlay: null })}
      size={600}
      padding={0}
      yOffset="12vh"
      centered={false}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body>
          <PaletteList />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [query, setQuery] = useState('');
  const entries = useEntries(query);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const run = useRun();
  const current = Math.min(chosen, Math.max(0, entries.length - 1));
  const optionId = (index: number): string => `${listId}-${index}`;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const press = (event: KeyboardEvent): void => {
    const last = entries.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current === last ? 0 : current + 1,
      ArrowUp: current === 0 ? last : current - 1,
      PageDown: Math.min(last, current + 8),
      PageUp: Math.max(0, current - 8),
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, next));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const entry = entries[current];
      if (entry !== undefined) run(entry);
    }
  };

  return (
    <div className={styles.palette}>
      <div className={styles.field}>
        <IconSearch size={20} stroke={1.75} aria-hidden="true" />
        <input
          className={styles.input}
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={entries.length === 0 ? undefined : optionId(current)}
          placeholder={t('palette.placeholder')}
          value={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div
        className={styles.list}
        id={listId}
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label={t('palette.title')}
      >
        {entries.map((entry, index) => (
          <EntryRow
            key={entry.key}
            id={optionId(index)}
            entry={entry}
            first={entries[index - 1]?.group !== entry.group}
            selected={index === current}
            onPoint={() => setChosen(index)}
            onChoose={() => run(entry)}
          />
        ))}
      </div>
      {entries.length === 0 && <p className={styles.nothing}>{t('palette.nothing')}</p>}
      <VisuallyHidden role="status">
        {t('palette.found', { count: entries.length, amount: formats.count(entries.length) })}
      </VisuallyHidden>
    </div>
  );
}

/** Carries out what was chosen. */
function useRun(): (entry: Entry) => void {
  const { bridge, navigation, report } = useSurroundings();
  const { copy } = useDiagnostics();
  return useCallback(
    ({ target }: Entry) => {
      if (target.kind === 'album') {
        goTo(navigation, 'library');
        openAlbum(navigation, target.album.id);
        return;
      }
      const call: CommandTools['call'] = (reply) => {
        void settle(reply).then((answer) => {
          if (!answer.ok) report(answer.error);
        });
      };
      carryOut(target, { bridge, navigation, copyDiagnostics: copy, call });
    },
    [bridge, navigation, report, copy],
  );
}
