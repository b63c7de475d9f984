import type { App, Session } from 'electron';
import { isOwnPage } from './addresses.ts';

/**
 * Every page of every window: it stays on our own address, opens no window and embeds no other page. The sign-in
 * window's page goes where its own policy says.
 */
export function guardNavigation(
  app: Pick<App, 'on'>,
  hasOwnGuard: (session: Session) => boolean,
): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    if (hasOwnGuard(contents.session)) return;
    // Of every frame, though the policy of the page allows none but the first.
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** No page is ever given a permission: camera, notifications, devices or any other. None may put a file on the disk. */
export function denyPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'on'
  >,
): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
