import { type ComponentType, Activity as Kept, useEffect, useRef, useState } from 'react';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { goTo, openAlbum, type PageName, usePlace } from '../../navigation.ts';
import { isActive } from '../../store/selectors.ts';
import { AccountPage } from '../account/account-page.tsx';
import { Activity } from '../activity/activity.tsx';
import { AdoptPage } from '../adopt/adopt-page.tsx';
import { AlbumPage } from '../album/album-page.tsx';
import { CarePage } from '../care/care-page.tsx';
import { CheckPage } from '../care/check-page.tsx';
import { DuplicatesPage } from '../care/duplicates-page.tsx';
import { EditionsPage } from '../care/editions-page.tsx';
import { SetAsidePage } from '../care/set-aside-page.tsx';
import { StepsPage } from '../care/steps-page.tsx';
import { HistoryPage } from '../history/history-page.tsx';
import { Library } from '../library/library.tsx';
import { createLibraryPlace, LibraryPlaceContext } from '../library/library-place.ts';
import { LinkIntake } from '../links/link-intake.tsx';
import { LinksPage } from '../links/links-page.tsx';
import { Palette } from '../palette/palette.tsx';
import { PlayerBar } from '../player/player-bar.tsx';
import { PlayerProvider } from '../player/player-context.tsx';
import { PreviewPage } from '../preview/preview-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { ShortcutList } from '../shortcuts/shortcut-list.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { Announcer } from './announcer.tsx';
import { Banners } from './banners.tsx';
import { FrameContext } from './frame.ts';
import { KeptPlace } from './kept-place.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

const PAGES: Readonly<Record<PageName, ComponentType>> = {
  library: Library,
  preview: PreviewPage,
  activity: Activity,
  history: HistoryPage,
  links: LinksPage,
  care: CarePage,
  check: CheckPage,
  adopt: AdoptPage,
  steps: StepsPage,
  editions: EditionsPage,
  duplicates: DuplicatesPage,
  'set-aside': SetAsidePage,
  settings: SettingsPage,
  account: AccountPage,
};

/** The app once an account is known: what to do on the left, what there is on the right. */
export function Shell() {
  const frame = useRef<HTMLDivElement>(null);
  const navigation = useNavigation();
  const asked = usePlace(navigation, (place) => place.page);
  const albumId = usePlace(navigation, (place) => place.albumId);
  const running = useMirror(({ run }) => isActive(run));
  // Where a window opens fits what goes on then, and does not change under the person's eyes.
  const [first] = useState<PageName>(running ? 'activity' : 'library');
  const [library] = useState(createLibraryPlace);
  const libraryTop = useRef(0);
  const page = asked ?? first;
  const Page = PAGES[page];
  useShortcuts(page);
  return (
    <FrameContext value={frame}>
      <LibraryPlaceContext value={library}>
        <PlayerProvider>
          <div className={styles.window}>
            <div className={styles.frame} ref={frame}>
              <Sidebar page={page} />
              <main className={styles.main}>
                <Banners />
                {/* The page stays as it is while an album stands before it. */}
                <Kept mode={albumId === null ? 'visible' : 'hidden'}>
                  <KeptPlace
                    key={page}
                    wanted={asked !== null}
                    {...(page === 'library' && { top: libraryTop })}
                  >
                    <Page />
                  </KeptPlace>
                </Kept>
                {albumId !== null && (
                  <KeptPlace key={albumId} wanted>
                    <AlbumPage albumId={albumId} />
                  </KeptPlace>
                )}
              </main>
            </div>
            <PlayerBar />
          </div>
          <LinkIntake />
          <Palette />
          <ShortcutList />
          <Announcer />
        </PlayerProvider>
      </LibraryPlaceContext>
    </FrameContext>
  );
}

/** Follows clicks outside the window: in the tray, on a notification, in a menu. */
export function useOutsideClicks(): void {
  const { bridge } = useSurroundings();
  const navigation = useNavigation();
  useEffect(
    () =>
      bridge.onGoTo((place, albumId) => {
        if (albumId !== undefined) return openAlbum(navigation, albumId);
        if (place !== 'add-links') return goTo(navigation, place);
        goTo(navigation, 'links');
        navigation.setState({ overlay: 'add-links' });
      }),
    [bridge, navigation],
  );
}
