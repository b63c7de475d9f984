/** Sizes a cover can be had in: the largest there is, or a longest side in pixels. */
export type CoverSize = 'max' | '600' | '230' | '50';

/**
 * The address of a cover in another size: the service names the size in the file name (qobuz-api §4.8). An
 * address of another shape is given back as it is. `max` is not promised: on a 404 take `600`.
 */
export function coverAddress(coverUrl600: string, size: CoverSize): string {
  return coverUrl600.replace(/_(?:max|org|600|230|50)(\.[a-z]+)(?=$|\?)/i, `_${size}$1`);
}
