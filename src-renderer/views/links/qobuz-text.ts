/**
 * Something that is very likely a Qobuz link: one of its addresses, or a link that another program hands to us.
 * The engine reads links properly; this decides only whether a paste was meant for us.
 */
const LIKE_A_LINK = /(?:^|[^\w.-])(?:[\w-]+\.)*qobuz\.com\/|qobuzapp:\/\/|crateful:\/\/add\b/i;

/** Whether a text holds something like a Qobuz link; see {@link LIKE_A_LINK}. */
export const hasQobuzLink = (text: string): boolean => LIKE_A_LINK.test(text);
