import { BaseWindow, type Session, session, WebContentsView } from 'electron';
import { CratefulError } from '../errors.ts';
import type { ProxyChoice } from '../net/routes.ts';
import type { Words } from '../words.ts';
import { denyPermissions } from './guards.ts';
import { type SignInPolicy, signInPolicy } from './sign-in-policy.ts';

/** The service's page refuses anything narrower (qobuz-api §2.3). */
const LEAST = { width: 1024, height: 480 } as const;
const SIZE = { width: 1100, height: 820 } as const;
/** Of the bar that says whose page is shown. */
const BAR_HEIGHT = 44;

/** What a sign-in window needs. */
export interface SignInWindowOptions {
  readonly page: string;
  readonly proxy: ProxyChoice;
  readonly parent: BaseWindow | null;
  readonly words: Words['signInWindow'];
  /** The person closed it. */
  readonly onClosed: () => void;
}

/** An open sign-in window. */
export interface SignInWindow {
  /** Rejects with `OFFLINE`, `TLS_FAILED` or `PROXY_FAILED` when the page cannot be shown. */
  readonly shown: Promise<void>;
  /** Closes it and wipes all that its page left behind. */
  close(): Promise<void>;
}

let opened = 0;
const PARTITION = 'sign-in-';
const sessions = new Set<Session>();

/** Whether a page belongs to a sign-in window, which has a guard of its own. */
export const isSignInSession = (of: Session): boolean => sessions.has(of);

/**
 * Opens the service's sign-in page in a window of its own: sandboxed, without a preload, in a partition that lives in
 * memory only, with its address always above it. It goes where {@link signInPolicy} says and nowhere else.
 */
export async function openSignInWindow(options: SignInWindowOptions): Promise<SignInWindow> {
  const policy = signInPolicy(options.page);
  opened += 1;
  const own = session.fromPartition(`${PARTITION}${opened}`, { cache: false });
  sessions.add(own);
  await confine(own, policy, options.proxy);
  const window = new BaseWindow({
    ...SIZE,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    useContentSize: true,
    ...(options.parent && { parent: options.parent }),
    autoHideMenuBar: true,
    fullscreenable: false,
  });
  const bar = new WebContentsView({
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, devTools: false },
  });
  const view = new WebContentsView({
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
      devTools: false,
    },
  });
  const { webContents: page } = view;
  // Side by side and not one on the other: no page is ever drawn over its own address.
  window.contentView.addChildView(bar);
  window.contentView.addChildView(view);
  const place = (): void => {
    const [width = 0, height = 0] = window.getContentSize();
    bar.setBounds({ x: 0, y: 0, width, height: BAR_HEIGHT });
    view.setBounds({ x: 0, y: BAR_HEIGHT, width, height: Math.max(0, height - BAR_HEIGHT) });
  };
  place();
  window.on('resize', place);

  const show = (): void => {
    const url = new URL(page.getURL() || options.page);
    window.setTitle(options.words.title.replace('{{host}}', url.host));
    const html = encodeURIComponent(barPage(url, options.words));
    // The next address may come before this one is drawn; the bar then shows the next.
    bar.webContents.loadURL(`data:text/html;charset=utf-8,${html}`).catch(() => undefined);
  };
  show();
  page.on('did-navigate', show);
  page.on('did-navigate-in-page', (_event, _url, isMainFrame) => {
    if (isMainFrame) show();
  });
  page.on('will-navigate', (event) => {
    if (!policy.mayVisit(event.url)) event.preventDefault();
  });
  page.on('will-redirect', (event) => {
    if (event.isMainFrame && !policy.mayVisit(event.url)) event.preventDefault();
  });
  page.setWindowOpenHandler(({ url }) => {
    // What wants a window of its own gets this one, where the rules above hold.
    if (policy.mayVisit(url)) void page.loadURL(url).catch(() => undefined);
    return { action: 'deny' };
  });
  answerProxy(page, options.proxy);

  let closing = false;
  window.on('closed', () => {
    // A window of views leaves their pages running.
    for (const { webContents } of [bar, view]) if (!webContents.isDestroyed()) webContents.close();
    if (!closing) options.onClosed();
  });
  return {
    shown: page.loadURL(options.page).catch((error: unknown) => {
      const fault = loadFault(error);
      if (fault) throw fault;
    }),
    async close() {
      closing = true;
      if (!window.isDestroyed()) window.destroy();
      await wipe(own);
      sessions.delete(own);
    },
  };
}

/** The rules of the partition, which hold whoever asks: page, frame, worker or redirect. */
async function confine(own: Session, policy: SignInPolicy, proxy: ProxyChoice): Promise<void> {
  denyPermissions(own);
  own.webRequest.onBeforeRequest((details, decide) => {
    const main = details.resourceType === 'mainFrame';
    decide({ cancel: !(main ? policy.mayVisit(details.url) : policy.mayLoad(details.url)) });
  });
  await own.setProxy(proxyConfig(proxy));
}

function proxyConfig(proxy: ProxyChoice): Electron.ProxyConfig {
  if (proxy.mode === 'system') return { mode: 'system' };
  if (proxy.mode === 'none') return { mode: 'direct' };
  if (!URL.canParse(proxy.address)) throw new CratefulError('PROXY_FAILED', { reason: 'address' });
  const url = new URL(proxy.address);
  return {
    mode: 'fixed_servers',
    proxyRules: `${url.protocol}//${url.host}`.replace(/^socks:/, 'socks5:'),
    proxyBypassRules: '<local>',
  };
}

/** Shows a proxy its name and password once: whoever asks again did not like them. */
function answerProxy(page: Electron.WebContents, proxy: ProxyChoice): void {
  let answered = false;
  page.on('login', (event, _details, { isProxy }, answer) => {
    event.preventDefault();
    if (!isProxy || answered || proxy.mode !== 'manual') return answer();
    answered = true;
    const { username, password } = new URL(proxy.address);
    answer(decodeURIComponent(username), decodeURIComponent(password));
  });
}

async function wipe(own: Session): Promise<void> {
  await Promise.all([
    own.clearStorageData(),
    own.clearCache(),
    own.clearAuthCache(),
    own.closeAllConnections(),
  ]);
}

/** Why a page could not be loaded, by Chromium's own names; null when something else took its place. */
function loadFault(error: unknown): CratefulError | null {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ERR_ABORTED') return null;
  const reason = { reason: code };
  if (/PROXY|TUNNEL|SOCKS/.test(code)) return new CratefulError('PROXY_FAILED', reason);
  if (/CERT|SSL/.test(code)) return new CratefulError('TLS_FAILED', reason);
  return new CratefulError('OFFLINE', reason);
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The bar: whose page it is, in full, before anything the page itself says. */
function barPage(url: URL, words: Words['signInWindow']): string {
  const path = url.pathname === '/' ? '' : url.pathname;
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(url.host)}</title>
<style>
  :root { color-scheme: light dark; font: 14px system-ui, sans-serif }
  body { margin: 0; height: ${BAR_HEIGHT}px; padding: 0 16px; display: flex; align-items: center; gap: 6px;
    box-sizing: border-box; border-bottom: 1px solid light-dark(#d9d4ca, #3a3531);
    background: light-dark(#faf8f4, #171513); color: light-dark(#5b554d, #b9b2a8); white-space: nowrap }
  strong { color: light-dark(#1f1b17, #f4efe8) }
  span { overflow: hidden; text-overflow: ellipsis }
  small { margin-left: auto; padding-left: 16px; font-size: 12.5px }
</style></head><body><span>${escapeHtml(words.address)} ${escapeHtml(`${url.protocol}//`)}<strong>${escapeHtml(url.host)}</strong>${escapeHtml(path)}</span><small>${escapeHtml(words.note)}</small></body></html>`;
}
