/** How many columns of a terminal a text takes: 2 for Chinese characters and full-width forms, 0 for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0)!);
  return width;
}

/** Ranges of East Asian wide and full-width characters (Unicode TR 11), as far as finance texts use them. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function characterWidth(code: number): number {
  if (code < 0x300) return 1;
  if (code <= 0x36f || (code >= 0x200b && code <= 0x200f) || code === 0xfeff) return 0;
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

export function padText(text: string, width: number, right = false): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? fill + text : text + fill;
}

/** Rows as aligned lines, two blanks between columns; `right` names the columns (by index) that stand to the right. */
export function alignedLines(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => padText(cell, widths[index]!, right.includes(index)))
      .join('  ')
      .trimEnd(),
  );
}

/** An amount of the wire ("-1200.00000000") for people ("-1,200.00"). */
export function shownAmount(amount: string): string {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const decimals = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${amount.startsWith('-') ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`;
}
