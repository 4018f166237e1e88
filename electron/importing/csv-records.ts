import Papa from 'papaparse';
import { cellKinds, type CellKind, type RowFault, type SheetRow } from './cells.ts';
import type { Delimiter } from './delimiter.ts';

export type LineEnd = '\n' | '\r';

export interface CsvDialect {
  readonly delimiter: Delimiter;
  readonly lineEnd: LineEnd;
  /** Characters after which a record that has not ended is a broken quote. */
  readonly recordChars: number;
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/** After a broken quote this many lines are tried first, then eight times as many: a file of broken lines stays linear. */
const firstWindow = 8;

/** How many line ends lie in `text`. */
function countOf(text: string, lineEnd: string): number {
  let count = 0;
  for (let at = text.indexOf(lineEnd); at !== -1; at = text.indexOf(lineEnd, at + 1)) count++;
  return count;
}

/** Excel's `="001"`, which keeps an id text, is the id itself. */
function unshield(field: string): string {
  if (!field.startsWith('="') || !field.endsWith('"') || field.length < 3) return field;
  return field.slice(2, -1).replaceAll('""', '"');
}

/**
 * Cuts decoded text into records with papaparse, line numbers kept. A record with a broken quote, a NUL or undecodable bytes becomes a fault
 * and reading resumes at the next line, so one bad line never swallows others.
 */
export class CsvRecords {
  rows: SheetRow[] = [];
  faults: RowFault[] = [];
  private readonly dialect: CsvDialect;
  private rest = '';
  private line: number;
  /** Whether `rest` may hold a NUL or a replaced character. */
  private suspect = false;
  private damaged = false;
  /** Lines to try at once after a fault; 0 for all there is. */
  private window = 0;
  private skipping = false;

  constructor(dialect: CsvDialect, firstLine: number) {
    this.dialect = dialect;
    this.line = firstLine;
  }

  /** Takes the next text; `final` ends the file. Finished records wait in `rows` and `faults`. */
  push(text: string, damaged: boolean, final: boolean): void {
    const { lineEnd, recordChars } = this.dialect;
    let added = text;
    if (this.skipping) {
      const end = text.indexOf(lineEnd);
      if (end === -1) return;
      this.skipping = false;
      added = text.slice(end + 1);
    }
    this.rest = this.rest === '' ? added : this.rest + added;
    this.damaged ||= damaged;
    this.suspect ||= damaged || added.includes('\0');
    if (!final && !added.includes(lineEnd) && this.rest.length < recordChars) return;
    while (this.rest !== '' && this.step(final));
    if (this.rest === '') this.suspect = this.damaged = false;
  }

  /** Parses what it can; true while there is more that can be parsed now. */
  private step(final: boolean): boolean {
    const { text, last } = this.windowed(final);
    const parsed = this.parse(text, !last);
    const faulty = parsed.errors.reduce((least, error) => Math.min(least, error.row ?? 0), Infinity);
    // The text behind the last line end counts as a record too.
    const ended = last ? parsed.data.length - 1 : parsed.data.length;
    const multiline = faulty !== Infinity || ended !== countOf(text.slice(0, parsed.meta.cursor), this.dialect.lineEnd);
    const before = this.line;
    for (const fields of faulty === Infinity ? parsed.data : parsed.data.slice(0, faulty)) this.take(fields, multiline);
    if (faulty !== Infinity) {
      this.skipLines(this.line - before);
      return this.breakLine(final);
    }
    if (!last && parsed.meta.cursor === 0) return this.stuck(text.length, final);
    const partial = text.length < this.rest.length;
    this.rest = last ? '' : this.rest.slice(parsed.meta.cursor);
    // Widened step by step: a file with a fault every few lines costs a few times its length, not its square.
    this.window = partial ? this.window * 8 : 0;
    return partial;
  }

  /** No record ended in the text tried: widen the window, wait for more text, or give the record up as a broken quote. */
  private stuck(tried: number, final: boolean): boolean {
    if (tried < this.rest.length && tried < this.dialect.recordChars) {
      this.window *= 8;
      return true;
    }
    if (!final && this.rest.length < this.dialect.recordChars) return false;
    return this.breakLine(final);
  }

  private windowed(final: boolean): { text: string; last: boolean } {
    if (this.window > 0) {
      let end = -1;
      for (let i = 0; i < this.window; i++) {
        const next = this.rest.indexOf(this.dialect.lineEnd, end + 1);
        if (next === -1) return { text: this.rest, last: final };
        end = next;
      }
      if (end + 1 < this.rest.length) return { text: this.rest.slice(0, end + 1), last: false };
    }
    return { text: this.rest, last: final };
  }

  private parse(text: string, ignoreLast: boolean): Parsed {
    const parser = new Papa.Parser({ delimiter: this.dialect.delimiter, newline: this.dialect.lineEnd, quoteChar: '"' });
    return parser.parse(text, 0, ignoreLast) as Parsed;
  }

  /** The record at the start of `rest` cannot be read: its first line becomes a fault. False when that line has not ended yet. */
  private breakLine(final: boolean): boolean {
    const ended = this.rest.includes(this.dialect.lineEnd);
    if (!ended && !final && this.rest.length < this.dialect.recordChars) return false;
    this.skipping = !ended && !final;
    this.faults.push(this.skipping ? tooLong(this.line, this.dialect.recordChars) : brokenQuote(this.line));
    this.skipLines(1);
    this.line += 1;
    this.window = firstWindow;
    return true;
  }

  private skipLines(lines: number): void {
    let at = 0;
    for (let i = 0; i < lines; i++) {
      const end = this.rest.indexOf(this.dialect.lineEnd, at);
      at = end === -1 ? this.rest.length : end + 1;
    }
    this.rest = this.rest.slice(at);
  }

  private take(fields: string[], multiline: boolean): void {
    const row = this.line;
    this.line += 1;
    const final = fields.length - 1;
    const lastField = fields[final] ?? '';
    if (lastField.endsWith('\r')) fields[final] = lastField.slice(0, -1);
    const kinds: CellKind[] = [];
    let filled = false;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] ?? '';
      if (field === '') {
        kinds.push(cellKinds.empty);
        continue;
      }
      filled = true;
      if (multiline) this.line += countOf(field, this.dialect.lineEnd);
      if (field.charCodeAt(0) === 61) fields[i] = unshield(field);
      kinds.push(fields[i] === '' ? cellKinds.empty : cellKinds.text);
    }
    const bad = this.suspect ? fields.findIndex((field) => field.includes('\0') || (this.damaged && field.includes('�'))) : -1;
    if (bad !== -1) this.faults.push(characterFault(row, bad + 1, fields[bad] ?? ''));
    else if (filled) this.rows.push({ row, texts: fields, kinds });
  }
}

function brokenQuote(row: number): RowFault {
  return {
    row,
    code: 'row.quote',
    zh: '引号没有配对，这一行没有导入。请在原文件中补上或删去多余的双引号后重新导入。',
    en: 'A quote is not closed or not doubled; this line was not imported. Correct the double quotes in the file and import it again.',
  };
}

function tooLong(row: number, chars: number): RowFault {
  return {
    row,
    code: 'row.too-long',
    zh: `这一行超过 ${chars} 个字符，不像账单的一行，没有导入。请检查文件是否损坏。`,
    en: `This line is longer than ${chars} characters, which no export has; it was not imported. Check whether the file is damaged.`,
  };
}

function characterFault(row: number, column: number, field: string): RowFault {
  if (field.includes('\0'))
    return {
      row,
      code: 'row.nul',
      zh: `第 ${column} 列含有空字符（NUL），内容可能已损坏，这一行没有导入。请重新下载或更正后再导入。`,
      en: `Column ${column} holds a NUL character and may be damaged; this line was not imported. Download the file again or correct it.`,
    };
  return {
    row,
    code: 'row.encoding',
    zh: `第 ${column} 列含有无法识别的字节，这一行没有导入。请重新下载，或另存为 UTF-8 编码后再导入。`,
    en: `Column ${column} holds bytes that are no character of the file's encoding; this line was not imported. Download it again, or save it as UTF-8.`,
  };
}
