import { useRef, useState } from 'react';
import { useMirror, useNavigation } from '../../context.ts';
import { type PageName, usePlace } from '../../navigation.ts';
import { isActive } from '../../store/selectors.ts';
import { Activity } from '../activity/activity.tsx';
import { AlbumDrawer } from '../album/album-drawer.tsx';
import { Library } from '../library/library.tsx';
import { PreviewPage } from '../preview/preview-page.tsx';
import { SettingsModal } from '../settings/settings-modal.tsx';
import { Announcer } from './announcer.tsx';
import { Banners } from './banners.tsx';
import { FrameContext } from './frame.ts';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

/** The app once an account is known: what to do on the left, what there is on the right. */
export function Shell() {
  const frame = useRef<HTMLDivElement>(null);
  const asked = usePlace(useNavigation(), (place) => place.page);
  const running = useMirror(({ run }) => isActive(run));
  // Where a window opens fits what goes on then, and does not change under the person's eyes.
  const [first] = useState<PageName>(running ? 'activity' : 'library');
  const page = asked ?? first;
  return (
    <FrameContext value={frame}>
      <div className={styles.frame} ref={frame}>
        <Sidebar page={page} />
        <main className={styles.main}>
          <Banners />
          {page === 'library' && <Library />}
          {page === 'preview' && <PreviewPage />}
          {page === 'activity' && <Activity />}
        </main>
      </div>
      <AlbumDrawer />
      <SettingsModal />
      <Announcer />
    </FrameContext>
  );
}
