import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const stateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean().default(false),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});
/**
 * Where the window stood, in screen pixels (without a place the system chooses one), and the theme it had:
 * the settings are known only after the window's background must be.
 */
export type WindowState = z.infer<typeof stateSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window's smallest useful size, in pixels. */
export const MINIMUM_SIZE = { width: 720, height: 520 } as const;
const DEFAULT_STATE: WindowState = { width: 1280, height: 800, maximized: false, theme: 'system' };

/**
 * What a stored state gives on the displays that are there now: never smaller than the minimum or larger
 * than the largest display, and with its place only where its title bar can still be reached.
 */
export function restoredState(stored: unknown, workAreas: readonly Area[]): WindowState {
  const parsed = stateSchema.safeParse(stored);
  const state = parsed.success ? parsed.data : DEFAULT_STATE;
  const widest = Math.max(...workAreas.map((area) => area.width), MINIMUM_SIZE.width);
  const tallest = Math.max(...workAreas.map((area) => area.height), MINIMUM_SIZE.height);
  const width = Math.min(Math.max(state.width, MINIMUM_SIZE.width), widest);
  const height = Math.min(Math.max(state.height, MINIMUM_SIZE.height), tallest);
  const { x, y, maximized, theme } = state;
  if (x === undefined || y === undefined) return { width, height, maximized, theme };
  const grip = { x: x + width / 2, y: y + 16 };
  const reachable = workAreas.some(
    (area) =>
      grip.x >= area.x &&
      grip.x < area.x + area.width &&
      grip.y >= area.y &&
      grip.y < area.y + area.height,
  );
  return reachable
    ? { x, y, width, height, maximized, theme }
    : { width, height, maximized, theme };
}

/** The stored state as it stands in its file; undefined when there is none or it cannot be read. */
export function readWindowState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or a file cut short: the default size is a fine answer to both.
    return undefined;
  }
}

/** Stores the state; synchronous, for a window that is closing. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // A place that cannot be stored costs the user nothing but the place.
  }
}
