/** How often purchases are looked for in the background, in minutes; 0 is "only when asked". */
export const SYNC_INTERVALS_MINUTES = [0, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Languages of the window, the tray and the notifications; `system` follows the computer. */
export const LANGUAGES = ['system', 'en', 'fr', 'de'] as const;
/** Ways to the network. */
export const PROXY_MODES = ['system', 'none', 'manual'] as const;
/** What is written to the log file, the quietest first. */
export const LOG_LEVELS = ['error', 'warning', 'info', 'debug'] as const;
/** How far the first run has come; it can be left and taken up again. */
export const SETUP_STEPS = ['folder', 'fetch', 'background', 'done'] as const;

/** The bounds of numbers, inclusive, and the greatest length of a naming template. */
export const SETTING_BOUNDS = {
  concurrency: { least: 1, most: 8 },
  bandwidthLimitKBPerSecond: { least: 0, most: 1_000_000 },
  reservePercent: { least: 0, most: 50 },
  namingTemplate: { most: 400 },
} as const;

/** `http://host:port`, `https://…` or `socks5://…`, without name and password; empty for none. */
export const PROXY_ADDRESS = /^$|^(https?|socks5?):\/\/[^\s/@?#]+\/?$/i;
