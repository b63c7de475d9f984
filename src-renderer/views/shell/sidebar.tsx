import {
  IconLayoutGrid,
  IconLink,
  IconSettings,
  IconShieldHeart,
  IconStack2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Wordmark } from '../../components/wordmark.tsx';
import { useFormats, useMirror, useNavigation } from '../../context.ts';
import { goTo, NAV_PAGES, type NavPage, navPageOf, type PageName } from '../../navigation.ts';
import { isActive, runShare } from '../../store/selectors.ts';
import { AccountButton } from './account-button.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { PreferencePicker } from './preference-picker.tsx';
import styles from './sidebar.module.css';
import { SyncControls } from './sync-controls.tsx';

const ICONS: Readonly<Record<NavPage, typeof IconLink>> = {
  library: IconLayoutGrid,
  activity: IconStack2,
  links: IconLink,
  care: IconShieldHeart,
  settings: IconSettings,
};

/** Where to go, where the copy is kept and in what quality, and the one button that matters. */
export function Sidebar({ page }: { readonly page: PageName }) {
  const { t } = useTranslation();
  const notes = useNotes();
  return (
    <aside className={styles.sidebar} aria-label={t('copy.title')}>
      <div className={styles.brand}>
        <Wordmark />
      </div>
      <nav className={styles.nav} aria-label={t('nav.label')}>
        {NAV_PAGES.map((each) => (
          <NavItem
            key={each}
            page={each}
            current={navPageOf(page) === each}
            note={notes[each] ?? null}
          />
        ))}
      </nav>
      <div className={styles.copy}>
        <h2 className={styles.heading}>{t('copy.title')}</h2>
        <FolderPicker />
        <PreferencePicker />
        <SyncControls page={page} />
      </div>
      <AccountButton current={page === 'account'} />
    </aside>
  );
}

/** A word or number beside the pages that have something to tell. */
function useNotes(): Partial<Record<NavPage, string>> {
  const formats = useFormats();
  const albums = useMirror((mirror) => mirror.albums.size);
  const run = useMirror((mirror) => mirror.run);
  const undecided = useMirror(({ links }) => links.filter(({ state }) => state === 'offer').length);
  return {
    ...(albums > 0 && { library: formats.count(albums) }),
    ...(undecided > 0 && { links: formats.count(undecided) }),
    ...(isActive(run) && { activity: formats.percent(runShare(run)) }),
  };
}

interface NavItemProps {
  readonly page: NavPage;
  readonly current: boolean;
  readonly note: string | null;
}

function NavItem({ page, current, note }: NavItemProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const Icon = ICONS[page];
  return (
    <button
      type="button"
      className={styles.navItem}
      aria-current={current ? 'page' : undefined}
      onClick={() => goTo(navigation, page)}
    >
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <span className={styles.navName}>{t(`nav.${page}`)}</span>
      {note !== null && <span className={styles.navNote}>{note}</span>}
    </button>
  );
}
