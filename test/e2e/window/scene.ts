import type { Settings } from '../../../src-preload/contract/settings.ts';
import { mount } from '../../../src-renderer/mount.tsx';
import { createFakeBridge } from '../../support/fake-bridge.ts';
import { SCENES, type SceneName } from '../../support/scenes.ts';
import { sampleCover } from './sample-cover.ts';
import { sampleSound } from './sample-sound.ts';

/**
 * Shows the scene the address names (`?scene=library&theme=dark&language=de`), and hands the fake bridge to the test. With
 * `covers=/covers` covers are asked for there by album id, else they are drawn.
 */
const wanted = new URLSearchParams(window.location.search);
const name = (wanted.get('scene') ?? 'library') as SceneName;
const theme = (wanted.get('theme') ?? 'system') as Settings['theme'];
const language = (wanted.get('language') ?? 'system') as Settings['language'];
const covers = wanted.get('covers');
const scene = SCENES[name];
const fake = createFakeBridge({
  ...scene,
  snapshot: { ...scene.snapshot, settings: { ...scene.snapshot.settings, theme, language } },
});
const root = document.getElementById('root');
const outside = {
  bridge: fake.bridge,
  coverAddress: covers === null ? sampleCover : (id: string) => `${covers}/${id}.jpg`,
  trackAddress: sampleSound,
};
if (root !== null) mount(root, outside);
Object.assign(window, { fake });
