/**
 * Reads big-endian bit fields of a frame. `position` counts bits from the start of the buffer, which must
 * have some readable bytes behind `limit` (see ByteWindow): reading past `limit` is noticed afterwards
 * through {@link BitReader.overrun}, so that the hot loops need no check of their own.
 */
export class BitReader {
  view: DataView = new DataView(new ArrayBuffer(0));
  position = 0;
  /** First bit that does not belong to the readable range. */
  limit = 0;

  /** Starts over on `view`, from byte `start` to byte `end`. */
  reset(view: DataView, start: number, end: number): void {
    this.view = view;
    this.position = start * 8;
    this.limit = end * 8;
  }

  /** Whether more bits were taken than there are. */
  get overrun(): boolean {
    return this.position > this.limit;
  }

  /** The next `count` bits as an unsigned number; 0 ≤ count ≤ 32. */
  unsigned(count: number): number {
    if (count > 24) {
      const high = this.unsigned(count - 16);
      return high * 65_536 + this.unsigned(16);
    }
    if (count === 0 || this.position > this.limit) {
      this.position += count;
      return 0;
    }
    const bits = this.view.getInt32(this.position >>> 3) << (this.position & 7);
    this.position += count;
    return bits >>> (32 - count);
  }

  /** The next `count` bits as a two's complement number; 0 ≤ count ≤ 32. */
  signed(count: number): number {
    return count === 0 ? 0 : (this.unsigned(count) << (32 - count)) >> (32 - count);
  }

  /** Zero bits up to the next one bit, which is taken too. */
  unary(): number {
    let zeros = 0;
    while (this.position <= this.limit) {
      const bits = this.view.getInt32(this.position >>> 3) << (this.position & 7);
      const run = Math.clz32(bits);
      // Only the top 25 bits of the word are sure to be the stream's.
      if (run < 25) {
        this.position += run + 1;
        return zeros + run;
      }
      zeros += 25;
      this.position += 25;
    }
    return zeros;
  }
}
