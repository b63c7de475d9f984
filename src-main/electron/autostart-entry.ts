/** What an entry starts the app with, so that it does not open its window. */
export const HIDDEN_SWITCH = '--hidden';

/**
 * A word of an `Exec` line (Desktop Entry Specification, "The Exec key"): in double quotes, with a backslash before
 * what a shell would read; as the value is a string, every backslash is doubled once more. `%` begins a field code.
 */
const quoted = (word: string): string =>
  `"${word
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

const execLine = (program: string): string => `${quoted(program)} ${HIDDEN_SWITCH}`;

/** The autostart file for a program (XDG Desktop Application Autostart Specification). */
export const autostartEntry = (program: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Crateful',
    `Exec=${execLine(program)}`,
    'Icon=crateful',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/**
 * Whether a file starts this very program at login. One that names another (an AppImage that was moved away), that is
 * marked `Hidden`, or that the desktop's own settings switched off does not.
 */
export function startsAtLogin(entry: string, program: string): boolean {
  const values = new Map<string, string>();
  let inEntry = false;
  for (const line of entry.split(/\r?\n/)) {
    if (line.startsWith('[')) inEntry = line.trim() === '[Desktop Entry]';
    const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (inEntry && key !== undefined && value !== undefined) values.set(key, value);
  }
  return (
    values.get('Exec') === execLine(program) &&
    values.get('Hidden') !== 'true' &&
    values.get('X-GNOME-Autostart-enabled') !== 'false'
  );
}
