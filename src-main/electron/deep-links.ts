import type { App } from 'electron';
import { linksHandedOver } from '../qobuz/links.ts';

/** The scheme the system hands links over with: `crateful://add?url=…` (architecture §7). */
const SCHEME = 'crateful';

/** What a deep link may bring along at most; a longer one was not made by a person. */
const MOST_CHARACTERS = 8192;

/**
 * What the deep links among the words a process was started with lead to at Qobuz, as one text for the links. Any page
 * of the web can make the system hand such a link over, so that nothing else of it goes on: no other address, no word.
 */
export function deepLinksIn(words: readonly string[]): string {
  const targets = words
    .filter((word) => word.length <= MOST_CHARACTERS)
    .flatMap(linksHandedOver)
    .flatMap((link) => ('target' in link ? [link.target] : []));
  return targets.map(({ kind, id }) => `https://open.qobuz.com/${kind}/${id}`).join('\n');
}

/**
 * Takes over the links of the system: those this process was started with, those macOS sends, those a second
 * instance brings. They wait until there is somebody to hear them.
 */
export function receiveDeepLinks(
  app: App,
  words: readonly string[],
  listener: Promise<(text: string) => void>,
): void {
  const hear = (text: string) => {
    if (text !== '') void listener.then((onLinks) => onLinks(text));
  };
  // macOS sends an event instead of a word, the first one before the app is ready.
  app.on('open-url', (event, address) => {
    event.preventDefault();
    hear(deepLinksIn([address]));
  });
  app.on('second-instance', (_event, argv) => hear(deepLinksIn(argv)));
  hear(deepLinksIn(words));
}

/**
 * Makes this app the one that opens `crateful:` links. Installed packages say so to the system themselves; this covers
 * portable builds. Not in development, where it would point the person's links at a checkout.
 */
export function claimScheme(app: App): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);
}
