import { cellKinds, type RowFault, type SheetRow } from './cells.ts';
import { BadCell, columnOf, lastColumn, RowCells, type CellContext } from './xlsx-cell.ts';
import { xmlText } from './xml-text.ts';
import { XmlTokenizer } from './xml-tokenizer.ts';

const code = { tab: 9, space: 32, slash: 47, less: 60, greater: 62, c: 99, f: 102, i: 105, r: 114, s: 115, t: 116, v: 118 } as const;

/** Reads a worksheet part into rows. Empty rows are left out; a row with an impossible cell becomes a fault. */
export class SheetRows extends XmlTokenizer {
  rows: SheetRow[] = [];
  faults: RowFault[] = [];
  private readonly context: CellContext;
  private cells = new RowCells();
  private row = 0;
  private bad: BadCell | undefined;
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
    else if (name === 'rPh') this.phonetic--;
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
    this.readAttributes(from);
    const stated = this.refTo > this.refFrom ? Number(this.buffer.slice(this.refFrom, this.refTo)) : 0;
    this.row = Number.isInteger(stated) && stated > 0 ? stated : this.row + 1;
    this.cells = new RowCells();
    this.nextColumn = 0;
    this.inRow = true;
    this.bad = undefined;
  }

  private openCell(from: number): void {
    this.readAttributes(from);
    this.column = this.takeColumn();
    this.inCell = true;
    this.value = '';
    this.hasValue = false;
    this.formula = undefined;
    this.phonetic = 0;
  }

  private openInside(name: string): void {
    if (name === 'rPh') this.phonetic++;
    else if (name === 'f' || (name === 'v' && this.type !== 'inlineStr') || (name === 't' && this.phonetic === 0)) {
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
      if (!(error instanceof BadCell)) throw error;
      this.bad ??= error;
    }
  }

  private closeRow(): void {
    this.inRow = false;
    const { texts, kinds } = this.cells;
    if (this.bad) {
      this.faults.push({
        row: this.row,
        code: 'row.cell',
        zh: `这一行有无法读取的单元格：${this.bad.zh}，整行没有导入。请用 Excel 打开并另存后再导入。`,
        en: `A cell of this row cannot be read: ${this.bad.message}; the row was not imported. Open the file in Excel, save it again, and import that.`,
      });
    } else if (texts.length > 0) this.rows.push({ row: this.row, texts, kinds });
  }

  /** The column the last read attributes name, or the next one. */
  private takeColumn(): number {
    let column = this.nextColumn;
    if (this.refTo > this.refFrom) {
      const stated = columnOf(this.buffer, this.refFrom, this.refTo);
      const ref = this.buffer.slice(this.refFrom, this.refTo);
      if (stated.column < 0 || stated.column > lastColumn || stated.row !== this.row)
        this.bad ??= new BadCell(`位置“${ref}”不属于第 ${this.row} 行`, `the position "${ref}" is not in row ${this.row}`);
      else column = stated.column;
    }
    this.nextColumn = column + 1;
    return column;
  }

  /** Reads `r`, `s` and `t` of the tag whose attributes begin at `from`; returns the offset of its `>`, or -1 when it is not complete. */
  private readAttributes(from: number): number {
    const text = this.buffer;
    this.refFrom = this.refTo = this.style = 0;
    this.type = 'n';
    let at = from;
    for (;;) {
      let char = text.charCodeAt(at);
      while (char <= code.space || char === code.slash) char = text.charCodeAt(++at);
      if (char === code.greater) return at;
      const equals = text.indexOf('=', at);
      if (equals === -1) return -1;
      let open = equals + 1;
      while (text.charCodeAt(open) <= code.space) open++;
      const close = text.indexOf(text.charCodeAt(open) === 39 ? "'" : '"', open + 1);
      if (close === -1) return -1;
      if (equals === at + 1 || text.charCodeAt(at + 1) <= code.space) {
        if (char === code.r) {
          this.refFrom = open + 1;
          this.refTo = close;
        } else if (char === code.s) this.style = Number(text.slice(open + 1, close));
        else if (char === code.t) this.type = text.slice(open + 1, close);
      }
      at = close + 1;
    }
  }

  /** A whole `<c …><v>…</v></c>`, `<c …/>` or `<c …><is><t>…</t></is></c>` at once; anything else goes the general way. */
  protected override shortcut(at: number): number {
    const text = this.buffer;
    if (!this.inRow || this.inCell || text.charCodeAt(at + 1) !== code.c || text.charCodeAt(at + 2) !== code.space) return -1;
    const end = this.readAttributes(at + 3);
    if (end === -1) return -1;
    if (text.charCodeAt(end - 1) === code.slash) {
      this.takeColumn();
      return end + 1;
    }
    const inner = text.charCodeAt(end + 2);
    if (text.charCodeAt(end + 1) !== code.less) return -1;
    if (inner === code.v && text.charCodeAt(end + 3) === code.greater) return this.simpleValue(end + 4, '</v></c>');
    if (inner === code.i && this.type === 'inlineStr' && text.startsWith('<is><t', end + 1)) {
      const from = text.indexOf('>', end + 7);
      const plain =
        from !== -1 && (from === end + 7 || text.charCodeAt(end + 7) === code.space) && text.charCodeAt(from - 1) !== code.slash;
      return plain ? this.simpleValue(from + 1, '</t></is></c>') : -1;
    }
    return -1;
  }

  private simpleValue(from: number, closing: string): number {
    const text = this.buffer;
    const to = text.indexOf('<', from);
    if (to === -1 || !text.startsWith(closing, to) || (this.type === 'inlineStr') !== closing.length > 8) return -1;
    const column = this.takeColumn();
    const raw = text.slice(from, to);
    const { type } = this;
    const value = type === 's' || type === 'n' ? raw : xmlText(raw);
    try {
      this.cells.putValue(column, type, this.style, value, this.context);
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      this.bad ??= error;
    }
    return to + closing.length;
  }
}
