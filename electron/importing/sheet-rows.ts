import type { SheetRow } from './cells.ts';
import { firstCell, lastCell } from './filled-cells.ts';
import { HeaderAgain } from './header-again.ts';
import type { FieldFault, Finish, RowValues } from './kinds/column.ts';
import { LedgerSigns } from './ledger-signs.ts';
import type { SheetPlan, Slot } from './plan.ts';
import { cellProblem, rowProblem, type Problem } from './problem.ts';
import { missing, noMonth, numberFault, noSign, noSignOldest, otherCurrency } from './row-faults.ts';
import { RefundSigns } from './refunds.ts';
import type { SheetCounts } from './sheet-counts.ts';
import { totalLabel, totalLabelOf, Totals } from './totals.ts';
import { Pair, type Bound, type Fault } from './values/fault.ts';
import { printedScale } from './values/money.ts';

/** Where accepted rows and problems go, as they are read. */
export interface RowSink {
  accept(row: number, values: readonly Bound[]): void;
  problem(problem: Problem): void;
}

/** How a note below a table begins. */
const noteStart = /^\s*(?:说明|备注|注|提示|note|remark|\*|※)/i;

/** Turns the rows of one sheet into typed values. Holds counters only, never the rows. */
export class SheetRows implements SheetCounts {
  rows = 0;
  accepted = 0;
  readonly cycles = new Map<string, number>();
  readonly statuses = new Map<string, Set<string>>();
  readonly notes: string[] = [];
  readonly totals: Totals;
  readonly refunds: RefundSigns;
  readonly writeOffs: RefundSigns;
  readonly signs: LedgerSigns;
  readonly withdrawn: number[] = [];
  currency: string | undefined;
  scale = 0;

  readonly #plan: SheetPlan;
  readonly #sink: RowSink;
  readonly #short: boolean;
  readonly #totalLabel: ReturnType<typeof totalLabelOf>;
  readonly #header: HeaderAgain;
  #highest = 0;
  readonly #values: Bound[];
  readonly #finish: Finish | undefined;
  readonly #row: RowValues;
  readonly #at: Record<'cycle' | 'key' | 'id' | 'name' | 'time' | 'scale' | 'currency' | 'status', number>;
  #faults: { slot: Slot; value: string; fault: Fault }[] = [];

  /** `short`: a row with fewer cells than the header is broken (csv); in a workbook the empty cells at the end are simply not stored. */
  constructor(plan: SheetPlan, sink: RowSink, short: boolean, currency: string | undefined) {
    this.#plan = plan;
    this.#sink = sink;
    this.#short = short;
    this.currency = currency;
    this.#header = new HeaderAgain(plan, short, (problem) => sink.problem(problem));
    this.#values = [...plan.blank];
    this.#finish = plan.spec.finish?.();
    this.totals = new Totals(plan.slots);
    this.#totalLabel = totalLabelOf(plan.slots);
    this.refunds = new RefundSigns(plan, 'refund');
    this.writeOffs = new RefundSigns(plan, 'writeOff');
    this.signs = new LedgerSigns(plan);
    const position = (name: string): number => plan.position.get(name) ?? -1;
    const time = plan.spec.month;
    this.#at = {
      cycle: position('cycle'),
      key: position('customer_key'),
      id: position('customer_id'),
      name: position('account_name'),
      time: typeof time === 'object' ? position(time.time) : -1,
      scale: position('settlement_scale'),
      currency: plan.spec.kind === 'payment-request' ? -1 : position('currency'),
      status: position('status'),
    };
    this.#row = {
      get: (name) => this.#values[position(name)] ?? null,
      set: (name, value) => {
        this.#values[position(name)] = value;
      },
    };
  }

  /** The rows that hold the header in another order. */
  get reordered(): readonly number[] {
    return this.#header.reordered;
  }

  /** A row that the reader could not read as a row. */
  fault(row: number, code: string, zh: string, en: string): void {
    this.rows++;
    this.signs.gap(row);
    this.#sink.problem(rowProblem(row, code, `：${zh}`, `: ${en}`));
  }

  read(printed: SheetRow): void {
    const start = firstCell(printed.texts);
    if (start < 0) return;
    if (!this.#numbered(printed)) return;
    const row = this.#header.read(printed, start);
    if (row === 'header') return this.totals.newPart();
    const first = row === printed || row === 'unreadable' ? start : firstCell(row.texts);
    if (row === 'unreadable') return this.#below(printed, first);
    const scope = totalLabel(row.texts[first]!) ?? this.#totalLabel(row.texts);
    if (scope) return this.#total(row, scope);
    if (!this.#fits(row, first)) return;
    this.rows++;
    this.#cells(row);
    this.#settle();
    if (this.#faults.length > 0 && this.#report(row)) return;
    this.#take(row);
  }

  /** Has the row a number that a sheet can have, higher than those before? */
  #numbered({ row }: SheetRow): boolean {
    const wrong = numberFault(row, this.#highest);
    if (wrong) this.fault(row, wrong.code, wrong.zh, wrong.en);
    else this.#highest = row;
    return wrong === undefined;
  }

  /** A row below a header that does not fit: no total of it is one of this table. */
  #below(row: SheetRow, first: number): void {
    if (totalLabel(row.texts[first]!) !== undefined || noteStart.test(row.texts[first]!)) return;
    this.rows++;
    this.signs.gap(row.row);
    this.#sink.problem(this.#header.unreadable(row.row));
  }

  /** After the last row. */
  end(): void {
    for (const e of this.signs.close()) {
      this.#sink.problem(cellProblem(e.row, e.column, e.value, e.oldest ? noSignOldest : noSign, true));
      this.withdrawn.push(e.row);
      this.accepted--;
      this.cycles.set(e.cycle, this.cycles.get(e.cycle)! - 1);
    }
  }

  #total(row: SheetRow, scope: 'subtotal' | 'total'): void {
    for (const f of this.totals.take(row, scope, this.#plan.slots)) {
      this.#sink.problem(cellProblem(row.row, f.header, f.value, f.fault, true));
    }
  }

  /** Notes below the table are no data; a row with too many (csv: too few) cells is broken. */
  #fits(row: SheetRow, first: number): boolean {
    const width = this.#plan.headers.length;
    const count = row.texts.length;
    if (width > 2 && noteStart.test(row.texts[first]!) && lastCell(row.texts) === first) {
      this.notes.push(row.texts[first]!);
      return false;
    }
    if (count === width) return true;
    const last = lastCell(row.texts);
    if (last < width && !(this.#short && count < width)) return true;
    this.rows++;
    const anyTotal = row.texts.map(totalLabel).find((t) => t !== undefined);
    if (anyTotal && last < width) {
      this.rows--;
      this.#total(row, anyTotal);
      return false;
    }
    const found = last >= width ? last + 1 : count;
    this.signs.gap(row.row);
    this.#sink.problem(
      rowProblem(
        row.row,
        'row.ragged',
        `有 ${found} 个单元格，而表头有 ${width} 列，无法判断哪个值属于哪一列，此行未导入；请在文件中改正后重新导入。`,
        `has ${found} cells where the header has ${width} columns: which value belongs to which column is unknown. The row was not imported: correct the file and import it again.`,
        row.texts.join(',').slice(0, 200),
      ),
    );
    return false;
  }

  #cells(row: SheetRow): void {
    const { slots, blank } = this.#plan;
    const values = this.#values;
    const { texts, kinds } = row;
    if (this.#faults.length > 0) this.#faults = [];
    for (let i = 0; i < blank.length; i++) values[i] = blank[i]!;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const text = texts[slot.from];
      if (text === undefined || text.length === 0) {
        if (slot.column.cell === 'needed') this.#faults.push({ slot, value: '', fault: missing });
        continue;
      }
      const value = slot.read(text, kinds[slot.from]!);
      if (value === null) {
        if (slot.column.cell === 'needed') this.#faults.push({ slot, value: text, fault: missing });
      } else if (typeof value !== 'object') {
        values[slot.to] = value;
        if (slot.money) this.totals.add(i, value as bigint);
      } else if (value instanceof Pair) {
        values[slot.to] = value.first;
        values[slot.second] = value.second;
      } else this.#faults.push({ slot, value: text, fault: value });
    }
  }

  /** What follows from several cells: customer key, month, currency, and the kind's own rules. */
  #settle(): void {
    const values = this.#values;
    const at = this.#at;
    if (at.key >= 0) {
      const id = values[at.id];
      const name = values[at.name];
      values[at.key] = id ?? (typeof name === 'string' ? `@${name}` : null);
      const unread = this.#faults.some((f) => f.slot.to === at.id || f.slot.to === at.name);
      if (values[at.key] === null && !unread && this.#plan.spec.customer === 'needed')
        this.#fieldFault('customerId', missing, 'accountName');
    }
    if (at.time >= 0 && values[at.cycle] === null) {
      const time = values[at.time];
      if (typeof time === 'string') values[at.cycle] = time.slice(0, 7);
    }
    if (at.currency >= 0 && typeof values[at.currency] === 'string') this.#checkCurrency(values[at.currency] as string);
    const refused = this.#faults.some((f) => f.slot.column.cell !== 'lenient');
    if (!refused && this.#finish) {
      const fault = this.#finish(this.#row);
      if (fault) for (const field of this.#present(fault)) this.#fieldFault(field, fault.fault);
    }
    if (!refused && values[at.cycle] === null) this.#fieldFault('billingCycle', noMonth);
  }

  #checkCurrency(printed: string): void {
    const name = /^(?:人民币|元|RMB|CNY|¥)/i.test(printed) ? 'CNY' : printed.toUpperCase();
    if (this.currency === undefined) this.currency = name;
    else if (this.currency !== name) this.#fieldFault('currency', otherCurrency);
  }

  /** The fields that the sheet has columns of; where it has none of them, the first. */
  #present({ field, also = [] }: FieldFault): readonly string[] {
    const present = [field, ...also].filter((one) => this.#plan.slots.some((s) => s.column.field === one));
    return present.length > 0 ? present : [field];
  }

  #fieldFault(field: string, fault: Fault, other?: string): void {
    const { slots, spec } = this.#plan;
    const found = slots.find((s) => s.column.field === field) ?? slots.find((s) => s.column.field === other);
    const column = found?.column ?? spec.columns.find((c) => c.field === field) ?? spec.columns[0]!;
    const slot = found ?? { ...slots[0]!, header: column.accept[0]! };
    this.#faults.push({ slot: { ...slot, column: { ...column, cell: 'needed' } }, value: '', fault });
  }

  /** Reports the faults of the row; true where it is refused. */
  #report(row: SheetRow): boolean {
    const refused = this.#faults.some((f) => f.slot.column.cell !== 'lenient');
    if (refused) {
      const scope = row.texts.map(totalLabel).find((t) => t !== undefined);
      if (scope) {
        this.rows--;
        this.#takeBack();
        this.#total(row, scope);
        return true;
      }
    }
    for (const f of this.#faults) {
      this.#sink.problem(cellProblem(row.row, f.slot.header, f.value || (row.texts[f.slot.from] ?? ''), f.fault, refused));
    }
    if (refused) this.signs.gap(row.row);
    return refused;
  }

  #takeBack(): void {
    for (const [i, slot] of this.#plan.slots.entries()) {
      const amount = this.#values[slot.to];
      if (slot.money && typeof amount === 'bigint') this.totals.takeBack(i, amount);
    }
  }

  #take(row: SheetRow): void {
    const values = this.#values;
    const at = this.#at;
    const cycle = values[at.cycle] as string;
    this.cycles.set(cycle, (this.cycles.get(cycle) ?? 0) + 1);
    if (at.status >= 0 && values[at.status] !== null) this.#status(cycle, values[at.status] as string);
    if (at.scale >= 0) {
      const slot = this.#plan.slots.find((s) => s.column.field === 'settlementAmount');
      if (slot) this.scale = Math.max(this.scale, printedScale(row.texts[slot.from] ?? '', row.kinds[slot.from] ?? 0));
      values[at.scale] = BigInt(this.scale);
    }
    this.refunds.watch(row, values, cycle);
    this.writeOffs.watch(row, values, cycle);
    this.signs.watch(row, values, cycle);
    this.accepted++;
    this.#sink.accept(row.row, values);
  }

  #status(cycle: string, status: string): void {
    const known = this.statuses.get(cycle);
    if (known) known.add(status);
    else this.statuses.set(cycle, new Set([status]));
  }
}
