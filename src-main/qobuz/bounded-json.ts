import { CratefulError } from '../errors.ts';

/** The service's own answers nest to about 10; what is deeper was made to break whoever walks it. */
const DEEPEST = 64;
/** A page of 500 albums or tracks has some 100,000 values. A value takes up to 60 bytes of memory, whatever it says. */
const MOST_VALUES = 1_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The JSON of a text; undefined when it is none. A few megabytes of brackets parse into gigabytes of lists, so that
 * depth and number of values are counted before anything is built. Throws `SERVICE_UNREADABLE` {reason: 'json-bomb'}.
 */
export function parseBounded(text: string): unknown {
  refuseBombs(text);
  try {
    return JSON.parse(text);
  } catch {
    // No JSON, such as an edge's page; undefined, which every reader tells from JSON's null.
    return undefined;
  }
}

function refuseBombs(text: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        values += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      case COMMA:
        values += 1;
        break;
    }
    if (depth > DEEPEST || values > MOST_VALUES) {
      throw new CratefulError('SERVICE_UNREADABLE', { reason: 'json-bomb' });
    }
  }
}

/** Where a string that begins at `start` ends; the end of the text when it never does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
    at = quote;
  }
}
