import { cellKinds, type SheetRow } from './cells.ts';
import { normalizeHeader, type Header } from './headers.ts';
import { isKnownHeader } from './mapping.ts';
import type { SheetPlan } from './plan.ts';
import { rowProblem, type Problem } from './problem.ts';
import { trimmed } from './values/fault.ts';

/** From how many known names on, and from which share of its cells on, a row is a header and no data. */
const [fewest, share] = [3, 0.6];
/** So many of a row's first cells are looked at before all of them are. */
const lookedAt = 2;

/**
 * A header that comes again within a sheet: as before, with the same columns in another order (the rows below are read by it), or with other columns, so
 * that no row below can be read until a header comes that fits.
 */
export class HeaderAgain {
  /** Rows that hold the header in another order. */
  readonly reordered: number[] = [];
  readonly #headers: readonly Header[];
  readonly #names: ReadonlySet<string>;
  readonly #problem: (problem: Problem) => void;
  readonly #short: boolean;
  /** By column of the first header, the cell to read it from; undefined: the same one. */
  #order: readonly number[] | undefined;
  /** The row of a header that does not fit. */
  #other: number | undefined;

  /** `short`: a row with fewer cells than the header is broken, and stays as it is. */
  constructor({ headers, spec }: SheetPlan, short: boolean, problem: (problem: Problem) => void) {
    this.#headers = headers.map(normalizeHeader);
    this.#names = new Set([...headers.filter((h) => h !== ''), ...spec.columns.flatMap((c) => c.accept)]);
    this.#short = short;
    this.#problem = problem;
  }

  /** The row as the first header would have it; or that it is a header, or stands below one that does not fit. `first`: its first filled cell. */
  read(row: SheetRow, first: number): SheetRow | 'header' | 'unreadable' {
    if (this.#isHeader(row, first)) {
      this.#take(row);
      return 'header';
    }
    if (this.#other !== undefined) return 'unreadable';
    const order = this.#order;
    if (order === undefined || (this.#short && row.texts.length < order.length)) return row;
    const cells = [...order, ...[...row.texts.keys()].slice(order.length)];
    return { row: row.row, texts: cells.map((at) => row.texts[at] ?? ''), kinds: cells.map((at) => row.kinds[at] ?? cellKinds.empty) };
  }

  /** The problem of a row below a header that does not fit. */
  unreadable(row: number): Problem {
    return rowProblem(
      row,
      'header.changed',
      `在第 ${this.#other} 行的另一个表头之下，列与本表不同，此行未导入；请把两张表分开放在各自的工作表或文件里再导入。`,
      `stands below another header (row ${this.#other}) with other columns; it was not imported: put the two tables into sheets or files of their own and import again.`,
    );
  }

  #isHeader({ texts }: SheetRow, first: number): boolean {
    let named = false;
    for (let at = first; at < first + lookedAt && !named; at++) named = this.#isName(texts[at] ?? '');
    if (!named) return false;
    const filled = texts.filter((text) => text.trim() !== '');
    const known = filled.filter((text) => this.#isName(text) || isKnownHeader(text)).length;
    return known >= Math.min(fewest, this.#headers.length) && known >= filled.length * share;
  }

  #isName(text: string): boolean {
    const name = trimmed(text);
    return this.#names.has(name) || (name.includes('\n') && this.#names.has(normalizeHeader(name).text));
  }

  #take(row: SheetRow): void {
    const order = this.#orderOf(row.texts.map(normalizeHeader));
    this.#other = order === undefined ? row.row : undefined;
    if (order === undefined) return this.#problem(this.#changed(row));
    const moved = order.some((at, i) => at !== i);
    if (moved) this.reordered.push(row.row);
    this.#order = moved ? order : undefined;
  }

  /** Where each column of the first header stands in these; undefined where they are not the same columns. */
  #orderOf(cells: readonly Header[]): number[] | undefined {
    const free = new Set(cells.keys());
    const place = (header: Header): number | undefined => {
      const at = [...free].find((i) => cells[i]!.key === header.key && cells[i]!.unit === header.unit);
      if (at !== undefined) free.delete(at);
      return at;
    };
    const named = this.#headers.map((header) => (header.key === '' ? undefined : place(header)));
    if (named.some((at, i) => at === undefined && this.#headers[i]!.key !== '')) return undefined;
    if ([...free].some((at) => cells[at]!.key !== '')) return undefined;
    // Columns without a name keep their order among themselves.
    const width = Math.max(this.#headers.length, cells.length);
    const nameless = Array.from({ length: width }, (_, i) => i).filter((i) => !named.includes(i));
    return named.map((at) => at ?? nameless.shift()!);
  }

  #changed({ row, texts }: SheetRow): Problem {
    const cells = texts.map(normalizeHeader).filter(({ key }) => key !== '');
    const not = (of: readonly Header[], other: readonly Header[]): string =>
      of
        .filter((a) => a.key !== '' && !other.some((b) => b.key === a.key && b.unit === a.unit))
        .map(({ text }) => `“${text}”`)
        .join('、');
    const [more, fewer] = [not(cells, this.#headers), not(this.#headers, cells)];
    const zh = [more && `多了${more}`, fewer && `少了${fewer}`].filter(Boolean).join('，') || '列有重复';
    const en = [more && `with ${more}`, fewer && `without ${fewer}`].filter(Boolean).join(', ') || 'with a column twice';
    return rowProblem(
      row,
      'header.changed',
      `是另一个表头，与本表的不同（${zh}），其下各行无法按本表的列读取，未导入；请把两张表分开放在各自的工作表或文件里再导入。`,
      `is another header than that of the sheet (${en}): the rows below it cannot be read by its columns and were not imported. Put the two tables into sheets or files of their own and import again.`,
      texts.join(',').slice(0, 200),
    );
  }
}
