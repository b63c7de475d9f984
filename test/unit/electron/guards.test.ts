import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { denyPermissions, guardNavigation } from '../../../src-main/electron/guards.ts';

const OWN = 'crateful-app://app/index.html#/albums';
const PERMISSIONS = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'serial',
  'usb',
  'window-management',
  'something-new',
];

/** A page that was just made, and what was asked of it. */
function madePage(own = false) {
  const app = new EventEmitter();
  const session = {} as Session;
  guardNavigation(app as unknown as App, () => own);
  let opening: ((details: { url: string }) => unknown) | null = null;
  const contents = Object.assign(new EventEmitter(), {
    session,
    setWindowOpenHandler: (handler: typeof opening) => {
      opening = handler;
    },
  });
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  return {
    /** Whether an event of the page was stopped. */
    stops(name: string, details: Record<string, unknown> = {}): boolean {
      let stopped = false;
      contents.emit(name, { ...details, preventDefault: () => (stopped = true) });
      return stopped;
    },
    opens: (url: string) => opening?.({ url }),
  };
}

describe('a page', () => {
  it('stays on our own address, in its main frame only', () => {
    const page = madePage();
    const goes = (url: string, isMainFrame = true) =>
      !page.stops('will-frame-navigate', { url, isMainFrame });
    expect(goes(OWN)).toBe(true);
    expect(goes(OWN, false)).toBe(false);
    for (const url of [
      'https://www.qobuz.com/',
      'crateful-app://app/assets/a.svg',
      'crateful-app://cover/a1',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
    ]) {
      expect([url, goes(url)]).toEqual([url, false]);
    }
  });

  it('is led nowhere by a redirect, opens no window and embeds no other page', () => {
    const page = madePage();
    expect(page.stops('will-redirect', { url: OWN, isMainFrame: true })).toBe(true);
    expect(page.opens(OWN)).toEqual({ action: 'deny' });
    expect(page.opens('https://www.qobuz.com/')).toEqual({ action: 'deny' });
    expect(page.stops('will-attach-webview')).toBe(true);
  });

  it('embeds no other page either where it has a guard of its own', () => {
    expect(madePage(true).stops('will-attach-webview')).toBe(true);
  });

  it('is given no permission, asked for or looked up, no device, and puts no file on the disk', () => {
    type Answer = (granted: boolean) => void;
    const asked: { request?: unknown; check?: unknown; device?: unknown } = {};
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: (handler: unknown) => (asked.request = handler),
      setPermissionCheckHandler: (handler: unknown) => (asked.check = handler),
      setDevicePermissionHandler: (handler: unknown) => (asked.device = handler),
    });
    denyPermissions(session as unknown as Session);
    const { request, check, device } = asked as {
      request: (contents: null, permission: string, decide: Answer) => void;
      check: (contents: null, permission: string, origin: string) => boolean;
      device: (details: { deviceType: string }) => boolean;
    };
    for (const permission of PERMISSIONS) {
      const answers: boolean[] = [];
      request(null, permission, (granted) => answers.push(granted));
      answers.push(check(null, permission, 'crateful-app://app'));
      expect([permission, answers]).toEqual([permission, [false, false]]);
    }
    for (const deviceType of ['hid', 'serial', 'usb']) expect(device({ deviceType })).toBe(false);
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });
});
