import stringWidth from 'string-width';

/** A terminal's screen as a person sees it, for what our output writes to one. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Everything ever shown, scrolled-off lines included, without blanks at the ends. */
  lines(): string[];
  readonly cursorVisible: boolean;
}

const CONTROL = new RegExp(`${String.fromCharCode(27)}\\[(\\??[\\d;]*)([A-Za-z])`, 'y');
const segmenter = new Intl.Segmenter();

/**
 * A screen of this size. It knows line feeds, carriage returns, cursor up (`A`), clearing below (`J`), hiding and
 * showing the cursor; everything else in a control sequence is ignored.
 */
export function createScreen(columns: number, rows: number): Screen {
  /** One cell each; a wide character has an empty one behind it. */
  const grid: string[][] = [[]];
  let row = 0;
  let column = 0;
  let cursorVisible = true;

  const put = (character: string) => {
    const width = stringWidth(character);
    if (column + width > columns) newLine();
    const line = grid[row] ?? [];
    grid[row] = line;
    while (line.length < column) line.push(' ');
    line[column] = character;
    if (width === 2) line[column + 1] = '';
    column += width;
  };
  const newLine = () => {
    row += 1;
    column = 0;
    grid[row] ??= [];
  };
  const control = (parameters: string, letter: string) => {
    // A cursor cannot go above the screen's first line.
    if (letter === 'A') row = Math.max(grid.length - rows, 0, row - Number(parameters || 1));
    if (letter === 'J') {
      grid.length = row + 1;
      grid[row]?.splice(column);
    }
    if (parameters === '?25') cursorVisible = letter === 'h';
  };

  return {
    columns,
    rows,
    get cursorVisible() {
      return cursorVisible;
    },
    write(text) {
      for (let at = 0; at < text.length; ) {
        CONTROL.lastIndex = at;
        const match = CONTROL.exec(text);
        if (match) {
          control(match[1] ?? '', match[2] ?? '');
          at += match[0].length;
          continue;
        }
        const character =
          text[at] === '\r' || text[at] === '\n' ? text[at] : first(text.slice(at, at + 40));
        if (character === '\r') column = 0;
        else if (character === '\n') newLine();
        else put(character ?? '');
        at += Math.max(1, character?.length ?? 1);
      }
    },
    lines: () => grid.map((line) => line.join('').trimEnd()),
  };
}

const first = (text: string): string =>
  segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';
