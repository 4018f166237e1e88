import {
  addSheet,
  closeSheet,
  deleteRows,
  negateRows,
  problemInserter,
  setChanges,
  setSettlementScale,
  storedRows,
  suspendIndexes,
} from '../../db/import-rows.ts';
import type { WriteDb } from '../../db/open.ts';
import { rowInserter, type RowInserter } from '../../db/row-inserter.ts';
import type { Kind } from '../core/kinds.ts';
import { rowsPerSheet } from '../core/row-id.ts';
import { kindSpecs } from '../importing/kinds/list.ts';
import { cellProblem, type Problem } from '../importing/problem.ts';
import type { SheetRead, SheetStart } from '../importing/read-sheet.ts';
import { negatedColumns } from '../importing/refunds.ts';
import type { RowSink } from '../importing/sheet-rows.ts';
import { Fault } from '../importing/values/fault.ts';
import { ProblemList } from './import-result.ts';

/** One sheet on its way into the database (or, in a preview, into counters only). */
export interface SheetWork {
  readonly name: string;
  readonly position: number;
  readonly problems: ProblemList;
  readonly sink: RowSink;
  /** Undefined in a preview. */
  readonly sheet: bigint | undefined;
  /** The columns in which no row had a value. */
  readonly empty: () => readonly string[];
  readonly kind: Kind;
}

/** Writes the sheets of one file; `db` undefined reads everything and writes nothing. */
export class SheetWriter {
  readonly #db: WriteDb | undefined;
  readonly #importRow: bigint;
  readonly #bytes: number;
  readonly #restore = new Map<Kind, () => void>();

  readonly #listed: number | undefined;

  /** `listed`: how many problems of a sheet are kept for the reply. */
  constructor(db: WriteDb | undefined, importRow: bigint, bytes: number, listed?: number) {
    this.#listed = listed;
    this.#db = db;
    this.#importRow = importRow;
    this.#bytes = bytes;
  }

  /** False in a preview: rows are only counted. */
  get writes(): boolean {
    return this.#db !== undefined;
  }

  open(name: string, position: number, { found, headerRow, title, stored }: SheetStart): SheetWork {
    const problems = new ProblemList(this.#listed);
    const { kind } = found;
    const db = this.#db;
    if (!db)
      return {
        name,
        position,
        problems,
        kind,
        sheet: undefined,
        empty: () => [],
        sink: { accept: () => undefined, problem: (p) => problems.add(p) },
      };
    this.#suspend(db, kind);
    const sheet = addSheet(db, this.#importRow, {
      position,
      name,
      kind,
      account: title.account,
      currency: found.currency,
      headerRow,
      header: JSON.stringify(found.headers.map((h) => h.text)),
      columns: JSON.stringify(Object.fromEntries(found.map.index)),
    });
    const insert = rowInserter(db, kind, stored);
    return { name, position, problems, kind, sheet, empty: () => insert.empty(), sink: databaseSink(db, sheet, insert, problems) };
  }

  /** Where the file may well be larger than what the table holds, indexes are built afterwards. */
  #suspend(db: WriteDb, kind: Kind): void {
    if (this.#restore.has(kind) || this.#bytes < 4_000_000 || storedRows(db, kind) * 100 > this.#bytes) return;
    this.#restore.set(kind, suspendIndexes(db, kind));
  }

  restoreIndexes(): void {
    for (const restore of this.#restore.values()) restore();
    this.#restore.clear();
  }

  close(work: SheetWork, read: SheetRead): void {
    if (!this.#db || work.sheet === undefined) return;
    const { data } = read;
    deleteRows(this.#db, work.kind, work.sheet, data.withdrawn);
    if (data.signs.changed.length > 0) setChanges(this.#db, work.sheet, data.signs.changed);
    const statuses = new Map([...data.statuses].map(([cycle, found]) => [cycle, lowest(found)]));
    const single = new Set(statuses.values());
    if (work.kind === 'partner-bill' && data.scale > 0) setSettlementScale(this.#db, work.sheet, data.scale);
    closeSheet(this.#db, work.sheet, {
      rows: data.rows,
      accepted: data.accepted,
      empty: work.empty(),
      status: single.size === 1 ? [...single][0] : read.title.status,
      currency: data.currency,
      cycles: data.cycles,
      statuses,
      totals: data.totals.found,
    });
  }

  /** Refunds, or write-offs, printed positive: all of them in the file → negated; only some → refused, for their sign cannot be told. How many were negated. */
  settleSigns(sheets: readonly { work: SheetWork; read: SheetRead }[]): { refunds: number; writeOffs: number } {
    return { refunds: this.#settle('refunds', sheets), writeOffs: this.#settle('writeOffs', sheets) };
  }

  #settle(of: 'refunds' | 'writeOffs', sheets: readonly { work: SheetWork; read: SheetRead }[]): number {
    let negated = 0;
    for (const kind of new Set(sheets.map((s) => s.work.kind))) {
      const mine = sheets.filter((s) => s.work.kind === kind);
      const mixed = mine.some((s) => s.read.data[of].negative > 0);
      for (const { work, read } of mine) {
        const { positive, following } = read.data[of];
        if (mixed) {
          this.#refuse(work, read, of);
          continue;
        }
        const rows = [...positive.map((p) => p.row), ...following];
        negated += rows.length;
        if (rows.length > 0 && this.#db && work.sheet !== undefined)
          negateRows(this.#db, kind, work.sheet, rows, negatedColumns(kindSpecs[kind]));
      }
    }
    return negated;
  }

  #refuse(work: SheetWork, { data }: SheetRead, of: 'refunds' | 'writeOffs'): void {
    const { positive } = data[of];
    for (const p of positive) {
      work.sink.problem(cellProblem(p.row, p.column, p.value, mixedSigns[of], true));
      data.accepted--;
      data.cycles.set(p.cycle, data.cycles.get(p.cycle)! - 1);
    }
    if (!this.#db || work.sheet === undefined) return;
    const rows = positive.map((p) => p.row);
    deleteRows(this.#db, work.kind, work.sheet, rows);
  }
}

const mixedSigns = {
  refunds: new Fault(
    'refund.sign',
    '是正数，而同一文件里其他退款是负数，无法判断正负',
    'is positive while other refunds of the file are negative: its sign cannot be told',
  ),
  writeOffs: new Fault(
    'write-off.sign',
    '是正数，而同一文件里其他核销是负数，无法判断正负',
    'is positive while other write-offs of the file are negative: its sign cannot be told',
  ),
};

function databaseSink(db: WriteDb, sheet: bigint, insert: RowInserter, problems: ProblemList): RowSink {
  const insertProblem = problemInserter(db, sheet);
  const base = sheet * rowsPerSheet;
  return {
    accept: (row, values) => insert.add(base + BigInt(row), values),
    problem: (p: Problem) => {
      problems.add(p);
      insertProblem(p);
    },
  };
}

const order = ['estimated', 'draft', 'awaitingConfirmation', 'publicNotice', 'issuing', 'final', 'issued'];
/** The lowest of the statuses of a month's rows: a statement is only as final as its least final row. */
const lowest = (found: ReadonlySet<string>): string => order.find((s) => found.has(s)) ?? [...found].sort()[0]!;
