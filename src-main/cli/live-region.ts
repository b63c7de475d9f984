import stringWidth from 'string-width';

/** What a live region needs of a terminal; `process.stdout` has it. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

/** Lines at the bottom of a terminal that are drawn again and again, with a log growing above them. */
export interface LiveRegion {
  /** Draws these lines in place of the last ones; long ones are cut, those that do not fit are left out. */
  draw(lines: readonly string[]): void;
  /** Writes a line that stays, above the region. */
  log(line: string): void;
  /** Clears the region and shows the cursor again. */
  end(): void;
}

const ESCAPE = '\u001b[';
const HIDE_CURSOR = `${ESCAPE}?25l`;
const SHOW_CURSOR = `${ESCAPE}?25h`;
const CLEAR_BELOW = `${ESCAPE}J`;
/** Columns left free at the right, so that what the terminal echoes at Ctrl-C wraps nothing. */
const MARGIN = 3;

/** A region on a terminal; the cursor is hidden from the first drawing on. */
export function createLiveRegion(terminal: Terminal): LiveRegion {
  /** Widths of the drawn lines, to know how many rows they take after the terminal became narrower. */
  let drawn: number[] = [];
  let lines: readonly string[] = [];
  let hidden = false;

  // A terminal that does not know its size says 0.
  const columns = () => terminal.columns || 80;
  const rows = () => terminal.rows || 24;

  const toTop = (): string => {
    if (drawn.length === 0) return '';
    const height = drawn.reduce((sum, width) => sum + rowsOf(width, columns()), 0);
    return `\r${height > 1 ? `${ESCAPE}${height - 1}A` : ''}${CLEAR_BELOW}`;
  };

  const paint = (above: string) => {
    const start = `${hidden ? '' : HIDE_CURSOR}${toTop()}${above}`;
    hidden = true;
    const shown = lines
      .slice(-Math.max(1, rows() - 1))
      .map((line) => cutTo(line, columns() - MARGIN));
    drawn = shown.map((line) => stringWidth(line));
    terminal.write(`${start}${shown.join('\n')}`);
  };

  return {
    draw(next) {
      lines = next;
      paint('');
    },
    log: (line) => paint(`${line}\n`),
    end() {
      if (!hidden) return;
      terminal.write(`${toTop()}${SHOW_CURSOR}`);
      hidden = false;
      drawn = [];
      lines = [];
    },
  };
}

const rowsOf = (width: number, columns: number): number =>
  Math.max(1, Math.ceil(width / Math.max(1, columns)));

const segmenter = new Intl.Segmenter();

/** Cuts a line of plain text to so many columns of a terminal, at a whole character. */
export function cutTo(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line;
  let cut = '';
  let width = 0;
  for (const { segment } of segmenter.segment(line)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
