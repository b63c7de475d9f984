/** How much of the past the graph shows, in seconds. */
export const GRAPH_SECONDS = 300;

/** The speed over time as a line: oldest first, as many values as fit into {@link GRAPH_SECONDS}. */
export const keptSamples = (
  samples: readonly number[],
  intervalSeconds: number,
): readonly number[] => samples.slice(-Math.ceil(GRAPH_SECONDS / intervalSeconds) - 1);

/**
 * The SVG path of a speed line in a box, the newest value at the right edge; with less than the box holds, the
 * line begins further right. Empty when there is nothing to draw.
 */
export function speedPath(
  samples: readonly number[],
  {
    intervalSeconds,
    top,
    width,
    height,
  }: {
    readonly intervalSeconds: number;
    /** The speed at the upper edge. */
    readonly top: number;
    readonly width: number;
    readonly height: number;
  },
): string {
  if (samples.length < 2 || top <= 0) return '';
  const step = (width * intervalSeconds) / GRAPH_SECONDS;
  const round = (value: number): number => Math.round(value * 10) / 10;
  return samples
    .map((speed, index) => {
      const x = width - (samples.length - 1 - index) * step;
      const y = height * (1 - Math.min(1, speed / top));
      return `${index === 0 ? 'M' : 'L'}${round(Math.max(0, x))} ${round(y)}`;
    })
    .join('');
}

const STEPS = [1, 2, 5, 10];

/** A round speed above all of these, for the upper edge: 1, 2 or 5 times a power of ten. */
export function roundTop(samples: readonly number[]): number {
  const most = Math.max(1000, ...samples);
  const power = 10 ** Math.floor(Math.log10(most));
  return (STEPS.find((step) => step * power >= most) ?? 10) * power;
}
