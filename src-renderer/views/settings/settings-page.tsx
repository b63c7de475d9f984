import { TextInput, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats, useNavigation } from '../../context.ts';
import { usePlace, useSearchFocus } from '../../navigation.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackgroundSection } from './background-section.tsx';
import { DownloadsSection } from './downloads-section.tsx';
import { LibrarySection } from './library-section.tsx';
import { NetworkSection } from './network-section.tsx';
import { anchorOf, ShownSettings } from './setting.tsx';
import { SECTION_IDS, type SectionId, type SettingId, sectionOf } from './setting-list.ts';
import styles from './settings.module.css';
import { useSettingSearch } from './use-setting-search.ts';
import { useShell } from './use-shell.ts';

const headingOf = (section: SectionId): string => `settings-${section}`;

/** Everything that can be set, by section, with a search over it; each change takes effect at once. */
export function SettingsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigation = useNavigation();
  const field = useSearchFocus(navigation);
  const [query, setQuery] = useState('');
  const find = useSettingSearch();
  const asked = useDeferredValue(query);
  const shown = useMemo(() => new Set(find(asked)), [find, asked]);
  const [shell, setShell] = useShell();
  useArrival(() => setQuery(''));
  const sections: Readonly<Record<SectionId, React.ReactNode>> = {
    library: <LibrarySection />,
    downloads: <DownloadsSection />,
    background: <BackgroundSection shell={shell} onShell={setShell} />,
    appearance: <AppearanceSection />,
    network: <NetworkSection />,
    about: <AboutSection shell={shell} />,
  };
  const present = SECTION_IDS.filter((section) =>
    [...shown].some((setting) => sectionOf(setting) === section),
  );
  return (
    <ShownSettings value={shown}>
      <div className={styles.page}>
        <header className={styles.top}>
          <div className={styles.titleRow}>
            <h1 className={styles.title}>{t('settings.title')}</h1>
            <TextInput
              ref={field}
              className={styles.search}
              type="search"
              aria-label={t('settings.search')}
              placeholder={t('settings.search')}
              leftSection={<IconSearch size={16} stroke={1.75} />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setQuery('');
              }}
            />
          </div>
          <nav className={styles.sections} aria-label={t('settings.sections.label')}>
            {present.map((section) => (
              <button
                key={section}
                type="button"
                className={styles.sectionLink}
                onClick={() => reveal(headingOf(section))}
              >
                {t(`settings.sections.${section}`)}
              </button>
            ))}
          </nav>
          <VisuallyHidden role="status">
            {asked.trim() === ''
              ? ''
              : t('settings.found', { count: shown.size, amount: formats.count(shown.size) })}
          </VisuallyHidden>
        </header>
        {present.map((section) => (
          <section key={section} className={styles.section} aria-labelledby={headingOf(section)}>
            <h2 className={styles.heading} id={headingOf(section)} tabIndex={-1}>
              {t(`settings.sections.${section}`)}
            </h2>
            <div className={styles.list}>{sections[section]}</div>
          </section>
        ))}
        {present.length === 0 && (
          <p className={styles.nothing}>{t('settings.nothing', { query: asked.trim() })}</p>
        )}
      </div>
    </ShownSettings>
  );
}

/** Brings the setting somebody was sent to into view. */
function useArrival(clearSearch: () => void): void {
  const navigation = useNavigation();
  const setting = usePlace(navigation, (place): SettingId | null => place.setting);
  useEffect(() => {
    if (setting === null) return;
    clearSearch();
    // A setting the search hid is there with the next frame.
    const frame = requestAnimationFrame(() => {
      navigation.setState({ setting: null });
      const element = reveal(anchorOf(setting));
      element?.setAttribute('data-arrived', '');
      element?.addEventListener('animationend', () => element.removeAttribute('data-arrived'), {
        once: true,
      });
    });
    return () => cancelAnimationFrame(frame);
  });
}

/** Scrolls to an element and gives it the focus, so that the keyboard goes on from there. */
function reveal(id: string): HTMLElement | null {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
  return element;
}
