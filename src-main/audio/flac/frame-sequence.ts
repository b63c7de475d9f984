import type { FrameHeader } from './frame-header.ts';
import type { StreamInfo } from './stream-info.ts';

/** Why a frame does not belong where it stands. */
export type SequenceFault = 'frame-missing' | 'frame-repeated' | 'format-changed' | 'samples-extra';

/**
 * Checks that frames run on: libFLAC fills a missing frame with silence and calls the file good, so numbers
 * and sample counts are compared here (libraries, "FLAC").
 */
export class FrameSequence {
  /** Samples per channel of the frames accepted so far. */
  samples = 0;
  frames = 0;
  readonly #info: StreamInfo;
  #variable = false;
  #firstNumber = 0;
  #blockSize = 0;
  #ended = false;

  constructor(info: StreamInfo) {
    this.#info = info;
  }

  /** Whether as many samples were seen as STREAMINFO states; false when it states none. */
  get complete(): boolean {
    return this.#info.totalSamples > 0 && this.samples === this.#info.totalSamples;
  }

  /** Whether the frame with this header would complete the stream. */
  completes(header: FrameHeader): boolean {
    return this.samples + header.blockSize === this.#info.totalSamples;
  }

  /**
   * Whether the frames begin where the stream begins. A stream cut out of a longer one keeps its numbers;
   * it counts as whole only when STREAMINFO's sample count says that nothing is missing.
   */
  get startsAtZero(): boolean {
    return this.#firstNumber === 0;
  }

  /** What is wrong with a frame that would come next; null when nothing is. */
  fault(header: FrameHeader): SequenceFault | null {
    const info = this.#info;
    if (
      (header.sampleRate !== 0 && header.sampleRate !== info.sampleRate) ||
      (header.bitDepth !== 0 && header.bitDepth !== info.bitDepth) ||
      header.channels !== info.channels ||
      header.blockSize > info.maxBlockSize
    ) {
      return 'format-changed';
    }
    if (this.frames > 0) {
      if (header.variableBlockSize !== this.#variable) return 'format-changed';
      const expected = this.#firstNumber + (this.#variable ? this.samples : this.frames);
      if (header.number > expected) return 'frame-missing';
      if (header.number < expected) return 'frame-repeated';
      // With a fixed block size only the last frame may be shorter (RFC 9639 §9.1).
      if (!this.#variable && (this.#ended || header.blockSize > this.#blockSize)) {
        return 'format-changed';
      }
    }
    if (info.totalSamples > 0 && this.samples + header.blockSize > info.totalSamples) {
      return 'samples-extra';
    }
    return null;
  }

  /** Counts a frame that {@link fault} found nothing wrong with. */
  accept(header: FrameHeader): void {
    if (this.frames === 0) {
      this.#variable = header.variableBlockSize;
      this.#firstNumber = header.number;
      this.#blockSize = header.blockSize;
    }
    this.#ended = header.blockSize < this.#blockSize;
    this.frames += 1;
    this.samples += header.blockSize;
  }
}
