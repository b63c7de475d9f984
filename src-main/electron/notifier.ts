import { BrowserWindow, Notification } from 'electron';
import type { Notice } from './notices.ts';

/** Shows notices of the system while nobody looks at the window. */
export function createNotifier(onClick: (notice: Notice) => void): (notice: Notice) => void {
  /** Held, so that a click still finds its listener. */
  const shown = new Set<Notification>();
  return (notice) => {
    if (!Notification.isSupported() || BrowserWindow.getFocusedWindow()) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    shown.add(notification);
    const forget = () => shown.delete(notification);
    notification.once('close', forget);
    notification.once('failed', forget);
    notification.once('click', () => {
      forget();
      onClick(notice);
    });
    notification.show();
  };
}
