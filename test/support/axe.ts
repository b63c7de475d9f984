import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe objects to on the page as it is, as sentences; waits until nothing fades any more. */
export async function objections(page: Page): Promise<readonly string[]> {
  // Half-faded colours are not what anybody reads.
  await page.waitForFunction(() =>
    document.getAnimations().every((each) => each.effect?.getTiming().iterations === Infinity),
  );
  // The legacy mode stays in this page: Electron opens no second one for axe.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // What is in order need not be described: of a long page that is most of the work.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The same of the app's own window, in one theme after the other. */
export async function objectionsInBothThemes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(async (chosen) => {
      await window.crateful.updateSettings({ theme: chosen });
    }, theme);
    await page.waitForFunction(
      (chosen) => document.documentElement.dataset.mantineColorScheme === chosen,
      theme,
    );
    found.push(...(await objections(page)).map((each) => `${theme}: ${each}`));
  }
  return found;
}
