import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The data folder: `CRATEFUL_HOME`, else the one the app uses, so that window and command line share their
 * library. It is where Electron puts `userData` on each system (electron docs, `app.getPath`).
 */
export function dataFolder(environment: Environment, platform: NodeJS.Platform): string {
  if (environment.CRATEFUL_HOME) return environment.CRATEFUL_HOME;
  const home = homedir();
  if (platform === 'win32') {
    return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Crateful');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Crateful');
  return join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'Crateful');
}
