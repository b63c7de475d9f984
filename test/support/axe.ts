import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The rules whose answer depends on the theme; all others see the same page in either. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe objects to on the page as it is, in both themes, as sentences. */
export async function objections(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  const other = shown === 'dark' ? 'light' : 'dark';
  const found = await objectionsTo(page);
  await paint(page, other);
  found.push(...(await objectionsTo(page, OF_COLOURS)).map((each) => `${other}: ${each}`));
  await paint(page, shown ?? 'light');
  return found;
}

/** Shows the page in a theme without a word to the app: a wish of the person is left as it is. */
const paint = (page: Page, theme: string): Promise<void> =>
  page.evaluate((chosen) => {
    document.documentElement.dataset.mantineColorScheme = chosen;
  }, theme);

async function objectionsTo(page: Page, rules?: string[]): Promise<string[]> {
  // Half-faded colours are not what anybody reads.
  await page.waitForFunction(() =>
    document.getAnimations().every((each) => each.effect?.getTiming().iterations === Infinity),
  );
  // The legacy mode stays in this page: Electron opens no second one for axe.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // What is in order need not be described: of a long page that is most of the work.
  const options = { resultTypes: ['violations' as const] };
  axe.options(rules ? { ...options, runOnly: { type: 'rule', values: rules } } : options);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(' ')}`);
}
