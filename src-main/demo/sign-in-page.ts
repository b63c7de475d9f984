import { html, type StoreAnswer, type StoreCall } from './http-messages.ts';

/** Hosts a sign-in may return to: only this machine (qobuz-api §2.2). */
const RETURN_HOSTS = new Set(['localhost', '127.0.0.1']);

/** The address to return to, or null when it is not one on this machine. */
function returnAddress(text: string | null): URL | null {
  const url = text !== null && URL.canParse(text) ? new URL(text) : null;
  return url && url.protocol === 'http:' && RETURN_HOSTS.has(url.hostname) ? url : null;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demo store: sign in</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: linear-gradient(150deg, #17324d, #4a2c5e 60%, #c2555a) }
  main { max-width: 22rem; margin: 1rem; padding: 2.25rem; border-radius: 1rem; text-align: center;
    background: Canvas; color: CanvasText; box-shadow: 0 1rem 3rem #0005 }
  h1 { margin: 0 0 .75rem; font-size: 1.35rem }
  p { margin: 0 0 1.5rem; line-height: 1.5 }
  button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .6rem;
    background: #2b6cb0; color: #fff; cursor: pointer }
  button:hover, button:focus-visible { background: #1e4f86 }
</style></head><body><main>${content}</main></body></html>`;

/**
 * The store's `/signin/oauth`: GET shows a page with one button, POST (the button) returns to `redirect_url`
 * with a one-use `code_autorisation`. `issueCode` makes that code.
 */
export function answerSignIn(call: StoreCall, appId: string, issueCode: () => string): StoreAnswer {
  const form = call.method === 'POST' ? new URLSearchParams(call.body) : call.query;
  const target = returnAddress(form.get('redirect_url'));
  if (form.get('ext_app_id') !== appId) {
    return html(page('<h1>Unknown application</h1><p>This app id is not known here.</p>'), 400);
  }
  if (!target) {
    return html(page('<h1>Refused</h1><p>The address to return to must be on localhost.</p>'), 400);
  }
  if (call.method === 'POST') {
    target.searchParams.set('code_autorisation', issueCode());
    return { status: 302, headers: { location: target.href }, body: '' };
  }
  return html(
    page(`<h1>Demo store: sign in</h1>
<p>This is a pretend shop on your own computer. No account, no password, nothing leaves this machine.</p>
<form method="post" action="/signin/oauth">
<input type="hidden" name="ext_app_id" value="${escapeHtml(appId)}">
<input type="hidden" name="redirect_url" value="${escapeHtml(target.href)}">
<button type="submit" autofocus>Sign in as Demo Listener</button></form>`),
  );
}
