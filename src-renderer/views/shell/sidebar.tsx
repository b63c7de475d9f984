import { IconActivity, IconLayoutGrid } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Wordmark } from '../../components/wordmark.tsx';
import { useFormats, useMirror, useNavigation } from '../../context.ts';
import { goTo, type PageName } from '../../navigation.ts';
import { isActive, runShare } from '../../store/selectors.ts';
import { AccountMenu } from './account-menu.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { PreferencePicker } from './preference-picker.tsx';
import styles from './sidebar.module.css';
import { SyncControls } from './sync-controls.tsx';

/** Where to go, where the copy is kept and in what quality, and the one button that matters. */
export function Sidebar({ page }: { readonly page: PageName }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const albums = useMirror((mirror) => mirror.albums.size);
  const run = useMirror((mirror) => mirror.run);
  return (
    <aside className={styles.sidebar} aria-label={t('copy.title')}>
      <div className={styles.brand}>
        <Wordmark />
      </div>
      <nav className={styles.nav} aria-label={t('nav.label')}>
        <NavItem
          page="library"
          current={page === 'library'}
          icon={<IconLayoutGrid size={18} stroke={1.75} />}
          note={albums > 0 ? formats.count(albums) : null}
        />
        <NavItem
          page="activity"
          current={page === 'activity'}
          icon={<IconActivity size={18} stroke={1.75} />}
          note={isActive(run) ? formats.percent(runShare(run)) : null}
        />
      </nav>
      <div className={styles.copy}>
        <h2 className={styles.heading}>{t('copy.title')}</h2>
        <FolderPicker />
        <PreferencePicker />
        <SyncControls page={page} />
      </div>
      <AccountMenu />
    </aside>
  );
}

interface NavItemProps {
  readonly page: 'library' | 'activity';
  readonly current: boolean;
  readonly icon: ReactNode;
  readonly note: string | null;
}

function NavItem({ page, current, icon, note }: NavItemProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  return (
    <button
      type="button"
      className={styles.navItem}
      aria-current={current ? 'page' : undefined}
      onClick={() => goTo(navigation, page)}
    >
      {icon}
      <span className={styles.navName}>{t(`nav.${page}`)}</span>
      {note !== null && <span className={styles.navNote}>{note}</span>}
    </button>
  );
}
