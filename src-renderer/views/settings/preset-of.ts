import { TEMPLATE_PRESETS, type TemplatePreset } from '../../../src-preload/contract/naming.ts';

/** The presets in the order in which they are offered. */
export const PRESETS = Object.keys(TEMPLATE_PRESETS) as readonly TemplatePreset[];

/** The preset a template is, or null for one of the person's own. */
export const presetOf = (template: string): TemplatePreset | null =>
  PRESETS.find((preset) => TEMPLATE_PRESETS[preset] === template.trim()) ?? null;
