import { BrowserWindow, Notification } from 'electron';
import { asNotified, type Notice } from './notices.ts';

/** Shows notices of the system. */
export interface Notifier {
  show(notice: Notice): void;
  /** Shows it unless somebody looks at the window, which says the same. */
  showWhileAway(notice: Notice): void;
}

/** See {@link Notifier}. */
export function createNotifier(onClick: (notice: Notice) => void): Notifier {
  /** Held, so that a click still finds its listener. */
  const shown = new Set<Notification>();
  const show = (notice: Notice) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({
      title: asNotified(notice.title, process.platform),
      body: asNotified(notice.body, process.platform),
    });
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
  return {
    show,
    showWhileAway(notice) {
      if (!BrowserWindow.getFocusedWindow()) show(notice);
    },
  };
}
