import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchApp, type RunningApp } from '../support/electron-app.ts';
import { eventually } from '../support/eventually.ts';

/** What the app says about itself in one language, in every place that speaks. */
const SAYS = {
  en: {
    headings: ['Settings', 'Library', 'Downloads'],
    pages: ['Library', 'Queue', 'Links', 'Settings'],
    free: /^[\d.,]+\s[GT]B free$/,
    speed: /MB\/s$/,
    menus: ['File', 'Edit', 'View', 'Window'],
    tray: ['Sync now', 'Open Crateful', 'Settings…', 'Quit Crateful'],
    field: 'Language',
    system: 'As the system',
  },
  fr: {
    headings: ['Réglages', 'Bibliothèque', 'Téléchargements'],
    pages: ['Bibliothèque', 'File d’attente', 'Liens', 'Réglages'],
    free: /^[\d.,\s]+[GT]o libres$/,
    speed: /Mo\/s$/,
    menus: ['Fichier', 'Édition', 'Présentation', 'Fenêtre'],
    tray: ['Synchroniser maintenant', 'Ouvrir Crateful', 'Réglages…', 'Quitter Crateful'],
    field: 'Langue',
    system: 'Comme le système',
  },
  de: {
    headings: ['Einstellungen', 'Bibliothek', 'Downloads'],
    pages: ['Bibliothek', 'Warteschlange', 'Links', 'Einstellungen'],
    free: /^[\d.,]+\s[GT]B frei$/,
    speed: /MB\/s$/,
    menus: ['Datei', 'Bearbeiten', 'Ansicht', 'Fenster'],
    tray: ['Jetzt synchronisieren', 'Crateful öffnen', 'Einstellungen\u00a0…', 'Crateful beenden'],
    field: 'Sprache',
    system: 'Wie das System',
  },
} as const;
type Spoken = keyof typeof SAYS;

describe('the language', () => {
  let folder: string;
  let app: RunningApp;

  /** The demo on a system that speaks French and shows icons in its tray. */
  async function start(): Promise<void> {
    const busctl = join(folder, 'busctl');
    await writeFile(busctl, `#!/bin/sh\necho 'b true'\n`);
    await chmod(busctl, 0o755);
    app = await launchApp({
      home: join(folder, 'home'),
      environment: {
        CRATEFUL_DEMO: '1',
        CRATEFUL_DEMO_FOLDER: join(folder, 'music'),
        PATH: `${folder}:${process.env.PATH}`,
        LANG: 'fr_FR.UTF-8',
        LANGUAGE: 'fr',
      },
    });
    await app.electron.evaluate(({ Tray }) => {
      const { setContextMenu } = Tray.prototype;
      Tray.prototype.setContextMenu = function (menu) {
        Object.assign(globalThis, { trayMenu: menu });
        setContextMenu.call(this, menu);
      };
    });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crateful-e2e-languages-'));
    await start();
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Goes to the settings, which are the last page of the side bar. */
  const openSettings = async (language: Spoken): Promise<void> => {
    const { pages, headings } = SAYS[language];
    await app.page.getByRole('navigation').getByRole('button', { name: pages[3] }).click();
    await app.page.getByRole('heading', { name: headings[0], level: 1 }).waitFor();
  };

  const choose = async (from: Spoken, option: string): Promise<void> => {
    await app.page.getByRole('combobox', { name: SAYS[from].field }).click();
    await app.page.getByRole('option', { name: option, exact: true }).click();
  };

  const menuBar = () =>
    app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  const trayMenu = () =>
    app.electron.evaluate(() =>
      (globalThis as unknown as { trayMenu?: Electron.Menu }).trayMenu?.items.map(
        ({ label }) => label,
      ),
    );

  /** Window, menu bar and tray all speak it, and the window was not loaded again. */
  const speaks = async (language: Spoken): Promise<void> => {
    const { headings, pages, free, speed, menus, tray } = SAYS[language];
    const { page } = app;
    await page.getByRole('heading', { name: headings[0], level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await page.getByRole('heading').allTextContents()).toEqual(
      expect.arrayContaining([...headings]),
    );
    const sideBar = (
      await page.getByRole('navigation').first().getByRole('button').allTextContents()
    ).join(' ');
    for (const name of pages) expect(sideBar).toContain(name);
    await page.getByText(free).first().waitFor();
    const fields = await page
      .getByRole('textbox')
      .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
    expect(fields).toEqual(expect.arrayContaining([expect.stringMatching(speed)]));
    await eventually(menuBar).toEqual(expect.arrayContaining([...menus]));
    await eventually(trayMenu).toEqual(expect.arrayContaining([...tray]));
  };

  it('is the system’s until another is chosen, which holds at once everywhere and after a restart', async () => {
    await app.page.evaluate(() => window.crateful.updateSettings({ syncEveryMinutes: 60 }));
    for (const title of ['Où votre', 'Que faut-il', 'Tout seul']) {
      await app.page.getByRole('heading', { name: title }).waitFor();
      await app.page.getByRole('button', { name: 'Continuer' }).click();
    }
    await app.page.getByRole('button', { name: 'Plus tard', exact: true }).click();
    await openSettings('fr');
    await app.page.evaluate(() => Object.assign(window, { sameWindow: true }));
    await speaks('fr');
    await choose('fr', 'Deutsch');
    await speaks('de');
    await choose('de', 'English');
    await speaks('en');
    await choose('en', SAYS.en.system);
    await speaks('fr');
    await choose('fr', 'Deutsch');
    await speaks('de');
    expect(await app.page.evaluate(() => 'sameWindow' in window)).toBe(true);

    await app.close();
    await start();
    await openSettings('de');
    expect(await app.page.evaluate(() => document.documentElement.lang)).toBe('de');
    await choose('de', SAYS.de.system);
    await speaks('fr');
  });
});
