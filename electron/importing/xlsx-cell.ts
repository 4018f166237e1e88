import { cellKinds, type CellKind } from './cells.ts';
import { isoText, numberLooks, serialText, type NumberLook } from './xlsx-dates.ts';
import { unescapeX } from './xml-text.ts';

/** What a workbook lends to its cells. */
export interface CellContext {
  readonly strings: readonly string[];
  /** By cell style; a missing one shows a number. */
  readonly looks: readonly NumberLook[];
  readonly date1904: boolean;
}

/** Last column a sheet can have (XFD), 0-based. */
export const lastColumn = 16_383;

/** Thrown inside a row: the row cannot be read, the others can. */
export class BadCell extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

/** Cells of the row under way, with the gaps between them filled. */
export class RowCells {
  texts: string[] = [];
  kinds: CellKind[] = [];

  put(column: number, text: string, kind: CellKind): void {
    const { texts, kinds } = this;
    if (column === texts.length) {
      texts.push(text);
      kinds.push(kind);
      return;
    }
    if (column < texts.length) {
      if (kinds[column] !== cellKinds.empty)
        throw new BadCell(`第 ${column + 1} 列的单元格出现了两次`, `column ${column + 1} occurs twice`);
    } else
      while (texts.length < column) {
        texts.push('');
        kinds.push(cellKinds.empty);
      }
    texts[column] = text;
    kinds[column] = kind;
  }

  /** The stored value of a cell (entities resolved) of type `type` (the attribute `t`) and style `style`, put as what it is. */
  putValue(column: number, type: string, style: number, value: string, context: CellContext): void {
    if (value === '') return;
    switch (type) {
      case 's': {
        const text = context.strings[Number(value)];
        if (text === undefined)
          throw new BadCell(`引用了不存在的文字（序号 ${value}）`, `it refers to a string that does not exist (${value})`);
        if (text !== '') this.put(column, text, cellKinds.text);
        return;
      }
      case 'n':
        this.putNumber(column, style, value, context);
        return;
      case 'str':
      case 'inlineStr':
        this.put(column, unescapeX(value), cellKinds.text);
        return;
      case 'b':
        this.put(column, value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE', cellKinds.boolean);
        return;
      case 'e':
        this.put(column, value, cellKinds.error);
        return;
      case 'd': {
        const iso = isoText(value);
        this.put(column, iso ?? value, iso === undefined ? cellKinds.text : cellKinds.date);
        return;
      }
      default:
        throw new BadCell(`单元格类型“${type}”未知`, `cell type "${type}" is unknown`);
    }
  }

  private putNumber(column: number, style: number, value: string, context: CellContext): void {
    const stored = value.charCodeAt(0) > 32 && value.charCodeAt(value.length - 1) > 32 ? value : value.trim();
    if (stored === '') return;
    const look = context.looks[style] ?? numberLooks.number;
    if (look === numberLooks.number) {
      this.put(column, stored, isNumeral(stored) ? cellKinds.number : cellKinds.text);
      return;
    }
    const text = serialText(stored, look, context.date1904);
    if (text === undefined) this.put(column, stored, isNumeral(stored) ? cellKinds.number : cellKinds.text);
    else this.put(column, text, text.length < 10 ? cellKinds.text : cellKinds.date);
  }
}

function isNumeral(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 45 || first === 46 || first === 43;
}

/** The 0-based column and the 1-based row of a reference like `AB12` between two offsets; column -1 where it is none. */
export function columnOf(text: string, from: number, to: number): { column: number; row: number } {
  let column = 0;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at) & ~32;
    if (code < 65 || code > 90 || text.charCodeAt(at) < 65) break;
    column = column * 26 + code - 64;
  }
  let row = 0;
  for (let digit = at; digit < to; digit++) {
    const value = text.charCodeAt(digit) - 48;
    if (value < 0 || value > 9) return { column: -1, row: 0 };
    row = row * 10 + value;
  }
  return { column: at === from || at === to ? -1 : column - 1, row };
}
