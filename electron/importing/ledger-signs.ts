import { absolute } from '../core/money.ts';
import type { SheetRow } from './cells.ts';
import type { SheetPlan } from './plan.ts';
import type { Bound } from './values/fault.ts';

/** An entry of an account statement whose sign neither its own row nor the row above tells. */
export interface OpenEntry {
  readonly row: number;
  readonly cycle: string;
  readonly column: string;
  readonly value: string;
  readonly size: bigint;
  /** The change taken until more is known. */
  readonly change: bigint;
  readonly type: string;
  readonly balance: bigint | null;
}

/** What a kind of entry does to the balance where nothing else says it. */
export const usualSign: Readonly<Record<string, bigint>> = {
  recharge: 1n, refund: 1n, retrieval: 1n, unbindRetrieval: 1n, bonusConversion: 1n, unfreeze: 1n, deduction: -1n, allocation: -1n, freeze: -1n,
}; // prettier-ignore

/** Entries that may leave the balance as it is. */
export const stillTypes: ReadonlySet<string> = new Set(['freeze', 'unfreeze', 'tradeModeTransfer']);

/**
 * Settles what one row cannot: in a file with the newest entry first the step down to the next row is the entry's own; in a column with
 * printed minus signs an amount without one is income; then what such an entry usually does (exports §2.5).
 */
export class LedgerSigns {
  /** Entries whose change turned out to be another than the one taken. */
  readonly changed: { row: number; change: bigint }[] = [];
  readonly #at: Record<'printed' | 'change' | 'balance' | 'time' | 'type', number>;
  readonly #column: { from: number; header: string } | undefined;
  #open: OpenEntry[] = [];
  #before: { readonly time: string; readonly open: OpenEntry | undefined } | undefined;
  #newestFirst: boolean | undefined;
  #signed = false;

  constructor(plan: SheetPlan) {
    const position = (name: string): number => plan.position.get(name) ?? -1;
    this.#at = {
      printed: position('changeAmountPrinted'),
      change: position('change_amount'),
      balance: position('balance_after'),
      time: position('traded_at'),
      type: position('trade_type'),
    };
    this.#column = plan.spec.kind === 'account-statement' ? plan.slots.find((s) => s.column.field === 'changeAmountPrinted') : undefined;
  }

  watch(row: SheetRow, values: readonly Bound[], cycle: string): void {
    const column = this.#column;
    if (!column) return;
    const printed = values[this.#at.printed];
    if (typeof printed === 'bigint' && printed < 0n) this.#signed = true;
    const balance = (values[this.#at.balance] ?? null) as bigint | null;
    const time = values[this.#at.time] as string;
    const before = this.#before;
    if (before && before.time !== time) this.#newestFirst ??= before.time > time;
    if (before?.open) this.#stepDown(before.open, balance);
    const open =
      typeof printed === 'bigint' && printed > 0n
        ? {
            row: row.row,
            cycle,
            column: column.header,
            value: row.texts[column.from]!,
            size: absolute(printed),
            change: values[this.#at.change] as bigint,
            type: values[this.#at.type] as string,
            balance,
          }
        : undefined;
    this.#before = { time, open };
  }

  /** The row below an open entry is known: where the newest come first, it holds the balance before that entry. */
  #stepDown(entry: OpenEntry, below: bigint | null): void {
    if (this.#newestFirst && entry.balance !== null && below !== null) {
      const step = entry.balance - below;
      if (absolute(step) === entry.size || (step === 0n && stillTypes.has(entry.type))) return this.#settle(entry, step);
    }
    this.#open.push(entry);
  }

  #settle(entry: OpenEntry, change: bigint): void {
    if (change !== entry.change) this.changed.push({ row: entry.row, change });
  }

  /** After the last row: settles what is still open and returns the entries of which nothing tells the sign. */
  close(): OpenEntry[] {
    if (this.#before?.open) this.#open.push(this.#before.open);
    this.#before = undefined;
    const unknown: OpenEntry[] = [];
    for (const entry of this.#open) {
      if (this.#signed) this.#settle(entry, entry.size);
      else if (usualSign[entry.type] === undefined) unknown.push(entry);
    }
    this.#open = [];
    return unknown;
  }
}
