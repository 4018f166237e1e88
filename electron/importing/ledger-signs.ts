import { absolute } from '../core/money.ts';
import type { SheetRow } from './cells.ts';
import type { SheetPlan } from './plan.ts';
import type { Bound } from './values/fault.ts';

/** What a kind of entry does to the balance where nothing else says it. */
export const usualSign: Readonly<Record<string, bigint>> = {
  recharge: 1n, refund: 1n, retrieval: 1n, unbindRetrieval: 1n, bonusConversion: 1n, unfreeze: 1n, deduction: -1n, allocation: -1n, freeze: -1n,
}; // prettier-ignore

/** Entries that may leave the balance as it is. */
export const stillTypes: ReadonlySet<string> = new Set(['freeze', 'unfreeze', 'tradeModeTransfer']);

/** An entry whose sign neither its own row nor the whole sheet tells. */
export interface UnsignedEntry {
  readonly row: number;
  readonly cycle: string;
  readonly column: string;
  readonly value: string;
  /** It is the oldest of the sheet, so that the balance before it is nowhere. */
  readonly oldest: boolean;
}

interface Entry {
  readonly row: number;
  readonly cycle: string;
  readonly time: string;
  readonly balance: bigint | null;
  readonly type: string;
  readonly value: string;
  /** The change taken until more is known. */
  readonly change: bigint;
  /** Neither its direction nor a printed minus tells its sign. */
  readonly open: boolean;
  /** What it did to the balance if the oldest entry comes first (from the row above), and if the newest does (from the row below). */
  up?: bigint;
  down?: bigint;
}

/**
 * Settles what one row cannot: an entry's change is the step of the balance, from the row above where the oldest entry comes first, from the row below
 * where the newest does. Which it is, the times say; where all are the same, the order that every step fits, if only one does. Else, in a column with
 * printed minus signs, an amount without one is income; then counts what such an entry usually does (exports §2.5).
 */
export class LedgerSigns {
  /** Entries whose change turned out to be another than the one taken. */
  readonly changed: { row: number; change: bigint }[] = [];
  readonly #at: Record<'printed' | 'change' | 'direction' | 'balance' | 'time' | 'type', number>;
  readonly #column: { from: number; header: string } | undefined;
  /** Open entries until the order is known; then at most the one whose row below is not read yet. */
  #waiting: Entry[] = [];
  #unsettled: Entry[] = [];
  #gaps: number[] = [];
  #before: Entry | undefined;
  #newestFirst: boolean | undefined;
  #signed = false;
  #first: Entry | undefined;
  readonly #steps = { fitUp: 0, fitDown: 0, misfitUp: 0, misfitDown: 0 };

  constructor(plan: SheetPlan) {
    const position = (name: string): number => plan.position.get(name) ?? -1;
    this.#at = {
      printed: position('changeAmountPrinted'),
      change: position('change_amount'),
      direction: position('direction'),
      balance: position('balance_after'),
      time: position('traded_at'),
      type: position('trade_type'),
    };
    this.#column = plan.spec.kind === 'account-statement' ? plan.slots.find((s) => s.column.field === 'changeAmountPrinted') : undefined;
  }

  /** A row was refused: the balances above and below it are no neighbours. Told before the rows below it are. */
  gap(row: number): void {
    this.#gaps.push(row);
  }

  /** Takes an accepted row before it is stored; where the row above tells its sign already, its values are set. */
  watch(row: SheetRow, values: Bound[], cycle: string): void {
    const column = this.#column;
    if (!column) return;
    const at = this.#at;
    const printed = values[at.printed];
    if (typeof printed === 'bigint' && printed < 0n) this.#signed = true;
    const entry: Entry = {
      row: row.row,
      cycle,
      time: values[at.time] as string,
      balance: (values[at.balance] ?? null) as bigint | null,
      type: values[at.type] as string,
      value: row.texts[column.from] ?? '',
      change: values[at.change] as bigint,
      open: typeof printed === 'bigint' && printed > 0n,
    };
    this.#first ??= entry;
    if (this.#before && !this.#gapBetween(this.#before.row, entry.row)) this.#compare(this.#before, entry);
    this.#before = entry;
    if (this.#newestFirst !== undefined) this.#flush();
    if (!entry.open) return;
    if (this.#newestFirst === false && entry.up !== undefined && fits(entry, entry.up)) {
      values[at.change] = entry.up;
      values[at.direction] = entry.up < 0n ? 'out' : 'in';
    } else this.#waiting.push(entry);
  }

  #gapBetween(above: number, below: number): boolean {
    if (this.#gaps.length === 0) return false;
    this.#gaps = this.#gaps.filter((row) => row > above);
    return this.#gaps.some((row) => row < below);
  }

  #compare(above: Entry, entry: Entry): void {
    if (above.time !== entry.time) this.#newestFirst ??= above.time > entry.time;
    if (above.balance === null || entry.balance === null) return;
    const step = entry.balance - above.balance;
    const steps = this.#steps;
    if (above.time <= entry.time) {
      entry.up = step;
      if (fits(entry, step)) steps.fitUp++;
      else steps.misfitUp++;
    }
    if (above.time >= entry.time) {
      above.down = -step;
      if (fits(above, -step)) steps.fitDown++;
      else steps.misfitDown++;
    }
  }

  #flush(): void {
    for (const entry of this.#waiting) this.#settle(entry, this.#newestFirst ? entry.down : entry.up);
    this.#waiting = [];
  }

  #settle(entry: Entry, step: bigint | undefined): void {
    if (step === undefined || !fits(entry, step)) this.#unsettled.push(entry);
    else if (step !== entry.change) this.changed.push({ row: entry.row, change: step });
  }

  /** After the last row: settles what is still open and returns the entries of which nothing tells the sign. */
  close(): UnsignedEntry[] {
    const { fitUp, fitDown, misfitUp, misfitDown } = this.#steps;
    const up = fitUp > 0 && misfitUp === 0;
    const down = fitDown > 0 && misfitDown === 0;
    if (this.#newestFirst === undefined && up !== down) this.#newestFirst = down;
    if (this.#newestFirst !== undefined) this.#flush();
    // Either order is possible: only an entry that both agree on is settled.
    else for (const entry of this.#waiting) this.#settle(entry, entry.up === entry.down ? entry.up : undefined);
    const oldest = this.#newestFirst ? this.#before : this.#first;
    this.#waiting = [];
    const unknown = this.#unsettled.filter((e) => !this.#signed && usualSign[e.type] === undefined);
    if (this.#signed) for (const e of this.#unsettled) this.#settle(e, absolute(e.change));
    return unknown.map((e) => ({ row: e.row, cycle: e.cycle, column: this.#column!.header, value: e.value, oldest: e === oldest }));
  }
}

/** Can this entry have changed the balance by this much? */
const fits = (entry: Entry, step: bigint): boolean =>
  (entry.open ? absolute(step) === absolute(entry.change) : step === entry.change) || (step === 0n && stillTypes.has(entry.type));
