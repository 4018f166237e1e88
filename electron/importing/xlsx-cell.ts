import { cellKinds, type CellKind } from './cells.ts';
import type { StringTable } from './string-table.ts';
import { isoText, numberLooks, serialText, type NumberLook } from './xlsx-dates.ts';
import { unescapeX } from './xml-text.ts';

/** What a workbook lends to its cells. */
export interface CellContext {
  readonly strings: StringTable;
  /** By cell style; a missing one shows a number. */
  readonly looks: readonly NumberLook[];
  readonly date1904: boolean;
}

/** Columns a sheet can have (A to XFD). */
const columns = 16_384;

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
      if (kinds[column] !== cellKinds.empty) throw new BadCell('它在这一行出现了两次', 'it occurs twice in its row');
    } else
      while (texts.length < column) {
        texts.push('');
        kinds.push(cellKinds.empty);
      }
    texts[column] = text;
    kinds[column] = kind;
  }

  putShared(column: number, index: number, context: CellContext): void {
    const text = context.strings.text(index);
    if (text === undefined)
      throw new BadCell(`引用了不存在的文字（序号 ${index}）`, `it refers to a string that does not exist (${index})`);
    if (text !== '') this.put(column, text, cellKinds.text);
  }

  /** The stored value of a cell (entities resolved) of type `type` (the attribute `t`) and style `style`, put as what it is. */
  putValue(column: number, type: string, style: number, value: string, context: CellContext): void {
    if (value === '') return;
    switch (type) {
      case 's':
        this.putShared(column, Number(value), context);
        return;
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

/** A whole number in ASCII digits between two offsets; -1 where it is none. */
export function digits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return from < to ? value : -1;
}

/** A column's letters: 0 is A, 26 is AA. */
export function columnName(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? columnName(before - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** The 0-based column of a reference like `AB12` between two offsets; -1 where it is no cell of row `row`. */
export function columnOf(bytes: Uint8Array, from: number, to: number, row: number): number {
  let column = 0;
  let at = from;
  for (; at < to; at++) {
    const letter = (bytes[at] ?? 0) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > columns) return -1;
  }
  return at > from && digits(bytes, at, to) === row ? column - 1 : -1;
}
