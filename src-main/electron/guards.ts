import type { App, Session } from 'electron';
import { isOwnPage } from './addresses.ts';

/**
 * Every page of every window: it stays on our own address, opens no window and embeds no other page. The sign-in
 * window's page goes where its own policy says.
 */
export function guardNavigation(app: App, hasOwnGuard: (session: Session) => boolean): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    if (hasOwnGuard(contents.session)) return;
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** No page is ever given a permission: camera, notifications, devices or any other. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
