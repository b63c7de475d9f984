import { Readable } from 'node:stream';
import { CratefulError } from '../errors.ts';

/** What the body needs of its source: bytes as they come, and a way to hold it back. */
type Source = Pick<Readable, 'on' | 'pause' | 'resume' | 'destroy'>;

/**
 * Chunks of at most 64 KiB, as the socket gives them, held for a reader that is busy. They are handed on one by
 * one: a stream of bytes would join those that wait into a new buffer each time.
 */
const BUFFER_CHUNKS = 4;

/**
 * The body of a download. It differs from the stream it reads in three ways: its errors have names, bytes
 * that arrived before a cut are handed on before the error is (they need not be fetched again), and it
 * fails with `STREAM_STALLED` when the source stays silent for `idleTimeoutMs` although bytes were wanted;
 * time in which the reader holds the stream back does not count.
 */
export class DownloadBody extends Readable {
  readonly #source: Source;
  readonly #idleTimeoutMs: number;
  #idle: NodeJS.Timeout | undefined;
  #fault: CratefulError | null = null;

  constructor(
    source: Source,
    options: { idleTimeoutMs: number; faultOf: (error: unknown) => CratefulError },
  ) {
    super({ objectMode: true, highWaterMark: BUFFER_CHUNKS });
    this.#source = source;
    this.#idleTimeoutMs = options.idleTimeoutMs;
    source.on('data', (chunk: Buffer) => {
      this.#awaitBytes();
      if (this.push(chunk)) return;
      this.#stopWaiting();
      source.pause();
    });
    source.on('end', () => {
      this.#stopWaiting();
      this.push(null);
    });
    source.on('error', (error: unknown) => this.#fail(options.faultOf(error)));
    // Whoever reads meets the error; one that comes before anybody reads must not end the process.
    this.on('error', () => undefined);
    // From the start: what a source holds back it loses when its connection is cut.
    this.#awaitBytes();
    source.resume();
  }

  override _read(): void {
    if (this.#fault) return;
    this.#awaitBytes();
    this.#source.resume();
  }

  override read(size?: number): unknown {
    const chunk: unknown = super.read(size);
    this.#failWhenDrained();
    return chunk;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#stopWaiting();
    this.#source.destroy();
    callback(error);
  }

  #awaitBytes(): void {
    // Called for every chunk: moving a timer that runs costs a fraction of making another.
    if (this.#idle) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => {
      this.#fail(new CratefulError('STREAM_STALLED', { seconds: this.#idleTimeoutMs / 1000 }));
    }, this.#idleTimeoutMs);
  }

  #stopWaiting(): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
  }

  #fail(fault: CratefulError): void {
    if (this.#fault) return;
    this.#stopWaiting();
    this.#fault = fault;
    if (fault.code === 'CANCELLED') this.destroy(fault);
    else this.#failWhenDrained();
  }

  #failWhenDrained(): void {
    const fault = this.#fault;
    if (fault && this.readableLength === 0) process.nextTick(() => this.destroy(fault));
  }
}
