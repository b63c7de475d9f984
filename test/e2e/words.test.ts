import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSceneWindow, type SceneWindow } from '../support/scene-window.ts';
import type { SceneName } from '../support/scenes.ts';

/** The pages whose controls stand closest, in states that fill them. */
const PAGES: readonly (readonly [scene: SceneName, at: string])[] = [
  ['welcome', ''],
  ['setup', ''],
  ['library', ''],
  ['library-table', ''],
  ['library', 'preview'],
  ['library', 'settings'],
  ['syncing', 'activity'],
  ['finished', 'activity'],
  ['queue-paused', 'activity'],
  ['syncing', 'history'],
  ['links', 'links'],
  ['signed-in-others', 'account'],
];

/** Where words of ours stand that must be read whole: controls, headings, heads of columns, states. */
const OURS = [
  'h1',
  'h2',
  'nav button',
  '.mantine-Button-label',
  '.mantine-SegmentedControl-label',
  '[role="columnheader"] button > *',
  '[data-status] > svg + span',
].join(', ');

describe.each(['fr', 'de'] as const)('the words of %s', (language) => {
  let scene: SceneWindow;
  beforeAll(async () => {
    scene = await openSceneWindow(inject('scenePages'));
    await scene.resize([900, 600]);
  });
  afterAll(() => scene.close());

  it.each(PAGES)('have room in the smallest window: %s at “%s”', async (name, at) => {
    await scene.show(name, { language, ...(at !== '' && { hash: `#/${at}` }) });
    await scene.page.locator('h1').first().waitFor();
    expect(await scene.page.evaluate(() => document.documentElement.lang)).toBe(language);
    const cut = await scene.page
      .locator(OURS)
      .evaluateAll((all) =>
        all
          .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
          .map((each) => each.textContent),
      );
    expect(cut).toEqual([]);
    const { scrollWidth, clientWidth } = await scene.page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });
});
