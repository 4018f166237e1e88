import { cellKinds, type RowFault, type SheetRow } from './cells.ts';
import { BadCell, columnName, columnOf, digits, RowCells, type CellContext } from './xlsx-cell.ts';
import { xmlText } from './xml-text.ts';
import { XmlTokenizer } from './xml-tokenizer.ts';

/** Bytes the reader looks for. */
const code = {
  carriage: 13,
  space: 32,
  double: 34,
  ampersand: 38,
  single: 39,
  slash: 47,
  less: 60,
  equals: 61,
  greater: 62,
  c: 99,
  i: 105,
  r: 114,
  s: 115,
  t: 116,
  v: 118,
} as const;

/** Reads a worksheet part into rows. Empty rows are left out; a row with an impossible cell becomes a fault. */
export class SheetRows extends XmlTokenizer {
  rows: SheetRow[] = [];
  faults: RowFault[] = [];
  private readonly context: CellContext;
  private cells = new RowCells();
  private row = 0;
  private bad: BadCell | undefined;
  private badCell = '';
  private inData = false;
  private inRow = false;
  private inCell = false;
  private nextColumn = 0;
  // Attributes of the tag read last.
  private refFrom = 0;
  private refTo = 0;
  private type = 'n';
  private style = 0;
  // The cell under way on the general path.
  private column = 0;
  private wanted: '' | 'v' | 'f' | 't' = '';
  private phonetic = 0;
  private value = '';
  private hasValue = false;
  private formula: string | undefined;

  constructor(part: string, context: CellContext) {
    super(part);
    this.context = context;
  }

  protected override onOpen(name: string, from: number): void {
    if (!this.inData) {
      this.inData = name === 'sheetData';
      return;
    }
    if (name === 'row' && !this.inRow) this.openRow(from);
    else if (name === 'c' && this.inRow) this.openCell(from);
    else if (this.inCell) this.openInside(name);
  }

  protected override onClose(name: string): void {
    if (!this.inData) return;
    if (name === 'sheetData') this.inData = false;
    else if (name === 'row') this.closeRow();
    else if (name === 'c') this.closeCell();
    else if (name === 'rPh' && this.inCell) this.phonetic--;
    else if (name === this.wanted) {
      this.wanted = '';
      this.capturing = false;
    }
  }

  protected override onText(text: string): void {
    if (this.wanted === 'f') this.formula = (this.formula ?? '') + text;
    else this.value = this.value === '' ? text : this.value + text;
  }

  private openRow(from: number): void {
    this.needAttributes(from);
    const stated = this.refTo > this.refFrom ? Number(this.latin.slice(this.refFrom, this.refTo)) : 0;
    this.row = Number.isInteger(stated) && stated > 0 ? stated : this.row + 1;
    this.cells = new RowCells();
    this.nextColumn = 0;
    this.inRow = true;
    this.bad = undefined;
  }

  private openCell(from: number): void {
    this.needAttributes(from);
    this.column = this.takeColumn();
    this.inCell = true;
    this.value = '';
    this.hasValue = false;
    this.formula = undefined;
    this.phonetic = 0;
  }

  private openInside(name: string): void {
    if (name === 'rPh') this.phonetic++;
    else if (name === 'f' || name === 'v' || (name === 't' && this.phonetic === 0)) {
      this.wanted = name;
      this.capturing = true;
      if (name === 'f') this.formula ??= '';
      else this.hasValue = true;
    }
  }

  private closeCell(): void {
    this.inCell = false;
    if (this.formula !== undefined && !this.hasValue) this.put(() => this.cells.put(this.column, `=${this.formula}`, cellKinds.error));
    else this.put(() => this.cells.putValue(this.column, this.type, this.style, this.value, this.context));
  }

  private put(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.keepBad(error, this.column);
    }
  }

  private keepBad(error: unknown, column: number): void {
    if (!(error instanceof BadCell)) throw error;
    if (this.bad) return;
    this.bad = error;
    this.badCell = columnName(column) + String(this.row);
  }

  private closeRow(): void {
    this.inRow = false;
    const { texts, kinds } = this.cells;
    if (this.bad) {
      this.faults.push({
        row: this.row,
        code: 'row.cell',
        zh: `单元格 ${this.badCell} 无法读取：${this.bad.zh}，整行没有导入。请用 Excel 打开并另存后再导入。`,
        en: `Cell ${this.badCell} cannot be read: ${this.bad.message}; the row was not imported. Open the file in Excel, save it again, and import that.`,
      });
    } else if (texts.length > 0) this.rows.push({ row: this.row, texts, kinds });
  }

  /** The column the last read attributes name, or the next one. */
  private takeColumn(): number {
    let column = this.nextColumn;
    if (this.refTo > this.refFrom) {
      const stated = columnOf(this.bytes, this.refFrom, this.refTo, this.row);
      if (stated === -1) {
        const ref = this.slice(this.refFrom, this.refTo);
        this.keepBad(new BadCell(`位置“${ref}”不属于第 ${this.row} 行`, `the position "${ref}" is not in row ${this.row}`), column);
      } else column = stated;
    }
    this.nextColumn = column + 1;
    return column;
  }

  /** Reads `r`, `s` and `t` of the tag whose attributes begin at `from`; returns the offset of its `>`, or -1 when it is not complete. */
  private readAttributes(from: number): number {
    const { bytes } = this;
    const { length } = bytes;
    this.refFrom = this.refTo = this.style = 0;
    this.type = 'n';
    for (let at = from; at < length; at++) {
      const first = bytes[at] ?? 0;
      if (first <= code.space || first === code.slash) continue;
      if (first === code.greater) return at;
      let nameEnd = at;
      while (nameEnd < length && bytes[nameEnd] !== code.equals && (bytes[nameEnd] ?? 0) > code.space) nameEnd++;
      let open = nameEnd;
      while (open < length && (bytes[open] === code.equals || (bytes[open] ?? 0) <= code.space)) open++;
      const quote = bytes[open];
      if (quote !== code.double && quote !== code.single) return -1;
      let close = open + 1;
      while (close < length && bytes[close] !== quote) close++;
      if (close >= length) return -1;
      if (nameEnd === at + 1) this.keepAttribute(first, open + 1, close);
      at = close;
    }
    return -1;
  }

  private needAttributes(from: number): void {
    if (this.readAttributes(from) === -1) throw this.damaged('有一个标记的属性写法不对', 'the attributes of a tag are malformed');
  }

  private keepAttribute(name: number, from: number, to: number): void {
    if (name === code.r) {
      this.refFrom = from;
      this.refTo = to;
    } else if (name === code.s) this.style = digits(this.bytes, from, to);
    else if (name === code.t) this.type = this.latin.slice(from, to);
  }

  /** A whole `<c …><v>…</v></c>`, `<c …/>` or `<c …><is><t>…</t></is></c>` at once; anything else goes the general way. */
  protected override shortcut(at: number): number {
    const { bytes } = this;
    if (!this.inRow || this.inCell || bytes[at + 1] !== code.c || bytes[at + 2] !== code.space) return -1;
    const end = this.readAttributes(at + 3);
    // A `<` within the tag is a quote that does not match: the general way refuses it.
    if (end === -1 || this.latin.lastIndexOf('<', end) !== at) return -1;
    if (bytes[end - 1] === code.slash) {
      this.takeColumn();
      return end + 1;
    }
    if (bytes[end + 1] !== code.less) return -1;
    const inline = this.type === 'inlineStr';
    const inner = bytes[end + 2];
    if (inner === code.v && bytes[end + 3] === code.greater && !inline) return this.simpleValue(end + 4, '</v></c>');
    if (inner !== code.i || !inline || !this.latin.startsWith('<is><t', end + 1)) return -1;
    let from = end + 7;
    if (bytes[from] !== code.greater && bytes[from] !== code.space) return -1;
    while (from < bytes.length && bytes[from] !== code.greater) from++;
    return bytes[from - 1] === code.slash ? -1 : this.simpleValue(from + 1, '</t></is></c>');
  }

  private simpleValue(from: number, closing: string): number {
    const { bytes, type } = this;
    let to = from;
    let bits = 0;
    let entity = false;
    for (; to < bytes.length && bytes[to] !== code.less; to++) {
      const one = bytes[to] ?? 0;
      bits |= one;
      if (one === code.ampersand || one === code.carriage) entity = true;
    }
    if (!this.latin.startsWith(closing, to)) return -1;
    const column = this.takeColumn();
    try {
      if (type === 's') this.cells.putShared(column, digits(bytes, from, to), this.context);
      else {
        const raw = bits < 0x80 ? this.latin.slice(from, to) : this.slice(from, to);
        this.cells.putValue(column, type, this.style, entity ? xmlText(raw) : raw, this.context);
      }
    } catch (error) {
      this.keepBad(error, column);
    }
    return to + closing.length;
  }
}
